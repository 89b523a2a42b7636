import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import t, { type Test } from 'tap'
import { openSession } from '../../src/actions/holders/sign-in.ts'
import { attachedTo, missingPoppler, poppler } from '../help/pdf.ts'
import { changedProgramme } from '../help/programme.ts'
import { rest } from '../help/share.ts'
import { change, get, issue, publicUrl, type Started, start, testKeys } from '../help/start.ts'
import { asTxTools } from '../help/transaction.ts'
import { visitor } from '../help/visitor.ts'

const skip = missingPoppler
if (skip) t.comment(skip)
t.setTimeout(280_000)

type Badge = Awaited<ReturnType<typeof issue>>

async function certificateOf(world: Started, badge: Badge, query = '') {
  const answer = await get(world, `${badge.links.page}/certificate.pdf${query}`, world.auth)
  return { status: answer.statusCode, pdf: answer.rawPayload, headers: answer.headers, answer }
}
// In the order of the file: poppler takes a stamp that leans apart.
const wordsOf = (pdf: Buffer) => poppler('pdftotext', pdf, { before: ['-raw'], after: ['-'] })

async function signedIn(world: Started, email: string) {
  const browser = visitor(world)
  const { secret } = await openSession(asTxTools(world.tools), { email, agent: 'Firefox on Linux' })
  browser.cookies.set('__Host-blazon-session', secret)
  return browser
}

/** A copy of the ring of the tests, without a certificate. */
function olderRing(t: Test) {
  const dir = mkdtempSync(join(tmpdir(), 'blazon-keys-'))
  t.teardown(() => rmSync(dir, { recursive: true, force: true }))
  cpSync(testKeys, dir, { recursive: true })
  rmSync(join(dir, 'certificate.pem'))
  rmSync(join(dir, 'certificate.key'))
  return dir
}

t.test(
  'a certificate says who earned what and when, in the words of its record',
  { skip },
  async (t) => {
    const world = await start(t as Test)
    const badge = await issue(world, { visibility: 'private' })
    const { pdf } = await certificateOf(world, badge)
    const words = wordsOf(pdf)
    for (const said of [
      '张伟',
      'Northwind Cloud Practitioner',
      '22 November 2026',
      '22 November 2028',
      badge.certificationNumber,
      'Helena Marsh',
      'Director of Certification',
      'badges.example.test',
    ])
      t.match(words, said)
    t.match(poppler('pdfinfo', pdf), /Title:\s+Northwind Cloud Practitioner: certificate of 张伟/)
    t.match(poppler('pdfsig', pdf, { before: ['-nocert'] }), 'Signature is Valid')
    const credential = await get(world, badge.links.credential, world.auth)
    t.ok(attachedTo(pdf).equals(credential.rawPayload), 'the signed credential is in it')
  },
)

t.test(
  'it says plainly when it does not count: expired, revoked, under review',
  { skip },
  async (t) => {
    const world = await start(t as Test)
    const stamped = async (badge: Badge) => wordsOf((await certificateOf(world, badge)).pdf)
    const badge = await issue(world)
    t.notMatch(await stamped(badge), /Expired|No longer|review/)
    await change(world, badge.id, 'suspend')
    t.match(await stamped(badge), 'Status under review')
    await change(world, badge.id, 'reinstate')
    await change(world, badge.id, 'revoke', { class: 'withdrawn' })
    t.match(await stamped(badge), 'No longer valid since 22 November 2026')
    const old = { resultId: 'R-old', startedAt: undefined, endedAt: '2023-03-14T10:00:00+08:00' }
    t.match(await stamped(await issue(world, old)), 'Expired on 14 March 2025')
  },
)

t.test('asked for again, it is the same file; another paper or state is another', async (t) => {
  const world = await start(t as Test)
  const badge = await issue(world)
  const first = (await certificateOf(world, badge)).pdf
  world.clock.set('2026-11-23T04:00:00.000Z')
  t.ok((await certificateOf(world, badge)).pdf.equals(first))
  t.notOk((await certificateOf(world, badge, '?paper=letter')).pdf.equals(first))
  await change(world, badge.id, 'suspend')
  t.notOk((await certificateOf(world, badge)).pdf.equals(first))
})

rest(t).test(
  'with an older ring it goes out unsigned, and the operator is told once how to mend that',
  async (t) => {
    const world = await start(t as Test, { settings: { KEYS_DIR: olderRing(t as Test) } })
    const badge = await issue(world)
    for (const query of ['', '?paper=letter']) {
      const { status, pdf } = await certificateOf(world, badge, query)
      t.equal(status, 200)
      t.notMatch(pdf.toString('latin1'), '/ByteRange')
    }
    t.equal(world.log.filter((line) => line.includes('npm run keys -- certificate')).length, 1)
  },
)

rest(t).test('a certificate that ran out signs nothing', async (t) => {
  const world = await start(t as Test)
  const badge = await issue(world)
  world.clock.set('2031-01-01T00:00:00.000Z')
  t.notMatch((await certificateOf(world, badge)).pdf.toString('latin1'), '/ByteRange')
  t.match(world.log.join(''), 'expired on 2030-01-01')
})

t.test(
  'a name that the fonts do not have whole is not printed with a gap: its owner is told why',
  async (t) => {
    const world = await start(t as Test)
    const candidate = { id: 'C-1', fullName: 'Ra 𓀀', email: 'ra@example.com' }
    const badge = await issue(world, { candidate, visibility: 'private' })
    const owner = await signedIn(world, candidate.email)
    const held = await owner.get(`${badge.links.page}/certificate.pdf`)
    t.equal(held.status, 409)
    t.match(held.body, /fonts do not have 𓀀/)
    t.match((await owner.get(`/my/badges/${badge.id}`)).body, /fonts do not have 𓀀/)
    t.notMatch((await owner.get(`/my/badges/${badge.id}`)).body, 'certificate.pdf')
    const zip = Object.keys(unzipSync((await owner.get('/my/export')).bytes))
    t.ok(zip.some((name) => name.endsWith('-with-name.png')))
    t.notOk(
      zip.some((name) => name.endsWith('certificate.pdf')),
      'everything else is there',
    )
    const stranger = await get(world, `${badge.links.page}/certificate.pdf`)
    t.equal(stranger.statusCode, 404, 'nobody else learns of it')
  },
)

t.test(
  'an owner finds it among the files, on both papers, and can put it behind a link',
  async (t) => {
    const world = await start(t as Test)
    const badge = await issue(world, { visibility: 'private' })
    const owner = await signedIn(world, 'zhang.wei@example.com')
    await owner.get(`/my/badges/${badge.id}`)
    await owner.send(`/my/badges/${badge.id}/claim`, { answer: 'private' })
    const { body } = await owner.get(`/my/badges/${badge.id}`)
    const found = [...body.matchAll(/href="(https:[^"]*certificate\.pdf[^"]*)"/g)].map(
      ([, address]) => address ?? '',
    )
    t.equal(found.length, 2)
    for (const address of found) t.equal((await owner.get(address)).status, 200, address)
    t.match(body, /QR code leads to the page of the badge, which others can see only while/)
    const made = await owner.send(`/my/badges/${badge.id}/links`, {
      label: 'Contoso',
      withCertificate: 'on',
      expires: '',
      viewLimit: '',
    })
    t.match(made.body, 'includes the certificate')
    const link = new RegExp(`${publicUrl}[^"\\s<]+\\?share=[\\w-]+`).exec(made.body)?.[0] ?? ''
    const guest = visitor(world)
    const page = await guest.get(link)
    const address = /href="([^"]*certificate\.pdf[^"]*)"/.exec(page.body)?.[1] ?? ''
    t.match((await guest.get(address)).headers['content-type'], 'application/pdf')
  },
)

rest(t).test('a programme that names no signatory has certificates, too', { skip }, async (t) => {
  const PROGRAMME_FILE = changedProgramme(t as Test, (programme) => {
    delete programme.certificate
  })
  const world = await start(t as Test, { settings: { PROGRAMME_FILE } })
  const { status, pdf } = await certificateOf(world, await issue(world))
  t.equal(status, 200)
  t.notMatch(wordsOf(pdf), 'Helena Marsh')
})
