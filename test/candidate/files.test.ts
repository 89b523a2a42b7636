import { strFromU8, unzipSync } from 'fflate'
import t from 'tap'
import { openSession } from '../../src/actions/holders/sign-in.ts'
import { pictureForms } from '../../src/domain/badge/badge-files.ts'
import { identityHash } from '../../src/domain/people/identity-hash.ts'
import { addAddress } from '../../src/storage/accounts/accounts.ts'
import { english, type Word } from '../../src/words/words.ts'
import { splitJws } from '../conformance/served.ts'
import { onEachDatabase } from '../help/databases.ts'
import { missingPoppler, poppler } from '../help/pdf.ts'
import { get, issue, passEvent, type Started, start } from '../help/start.ts'
import { asTx, asTxTools } from '../help/transaction.ts'
import { visitor } from '../help/visitor.ts'

const { candidate } = passEvent()
const other = 'zhang@new.example'

/** The holder of a badge, signed in, with a second address. */
async function arriveWithTwo(blazon: Started) {
  const badge = await issue(blazon, { visibility: 'private' })
  const owner = visitor(blazon)
  const agent = 'Firefox on Linux'
  const { secret, accountId } = await openSession(asTxTools(blazon.tools), {
    email: candidate.email,
    agent,
  })
  owner.cookies.set('__Host-blazon-session', secret)
  const added = { email: other, verifiedAt: '2026-11-22T04:00:00.000Z', main: false }
  await addAddress(asTx(blazon.tools.db), accountId, added)
  const at = `/my/badges/${badge.id}`
  await owner.get(at)
  return { badge, owner, at, accountId }
}

const isFor = (email: string, { identity, identityHash: hash, salt }: Record<string, string>) =>
  identityHash(email, salt ?? '') === (identity ?? hash)

onEachDatabase(
  t,
  'whoever has another address takes files for it, once; the files for the first address stay valid',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { badge, owner, at } = await arriveWithTwo(blazon)
    const all = `${at}/files`
    t.notMatch((await owner.get(all)).body, 'Files for another address', 'not before it is claimed')
    await owner.get(at)
    await owner.send(`${at}/claim`, { answer: 'public' })
    t.match((await owner.get(all)).body, 'Files for another address')
    const made = await owner.send(`${at}/addresses`)
    t.same([made.status, made.location], [303, `${all}?done=addressed#other-address`])
    const page = (await owner.get(all)).body
    const files = [...page.matchAll(/href="([^"]*\/addressed\/[^"]*)"/g)].map(
      ([, url]) => url ?? '',
    )
    t.equal(files.length, 6)
    t.notMatch(page, `action="${at}/addresses"`, 'there is nothing more to make')
    for (const url of files) t.notMatch(url, /zhang|@|%40/)
    const [png = '', , , json = '', jwt = '', jws = ''] = files
    const credential = JSON.parse((await owner.get(json)).body)
    const token = splitJws((await owner.get(jwt)).body).payload
    const assertion = splitJws((await owner.get(jws)).body).payload
    for (const identity of [
      credential.credentialSubject.identifier[0],
      token.credentialSubject.identifier[0],
      assertion.recipient,
    ])
      t.ok(isFor(other, identity))
    const plain = (await get(blazon, badge.links.credential)).json()
    t.ok(isFor(candidate.email, plain.credentialSubject.identifier[0]))
    const ids = [plain.id, credential.id, assertion.id]
    const standard = splitJws((await get(blazon, badge.links.assertionJws)).body).payload
    t.equal(new Set([...ids, standard.id]).size, 4)
    const presented = async (payload: Buffer) =>
      (
        await blazon.app.inject({
          method: 'POST',
          url: '/v1/verify',
          headers: { 'content-type': 'image/png' },
          payload,
        })
      ).json().verdict
    t.equal(await presented((await owner.get(png)).bytes), 'valid')
    t.equal(await presented((await owner.get(badge.links.bakedPng)).bytes), 'valid')
    for (const url of files) t.equal((await get(blazon, url)).statusCode, 404, 'nobody else’s')
    const form = /name="form" value="([^"]*)"/.exec((await owner.get(at)).body)?.[1] ?? ''
    for (const email of [other, ` ${other.toUpperCase()} `, candidate.email]) {
      const again = await owner.post(`${at}/addresses`, { form, email })
      t.equal(again.status, 303, email)
    }
    const again = (await owner.get(all)).body
    t.equal(again.match(/\/addressed\//g)?.length, 6, 'asked again, there is one already')
  },
)

onEachDatabase(
  t,
  'files are made for addresses of one’s own alone; whatever else is asked for says what to do',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { owner, at, accountId } = await arriveWithTwo(blazon)
    const form = /name="form" value="([^"]*)"/.exec((await owner.get(at)).body)?.[1] ?? ''
    const asked = async (fields: Record<string, string>) => {
      const { status, body } = await owner.post(`${at}/addresses`, fields)
      return [status, body.replace(/<[^>]*>/g, ' ')]
    }
    t.match(await asked({ form, email: other }), [409, /Claim the badge first/])
    await owner.get(at)
    await owner.send(`${at}/claim`, { answer: 'private' })
    for (const email of ['stranger@example.com', '', '\0', 'a'.repeat(254)])
      t.match(await asked({ form, email }), [404, /not one of your addresses/], email)
    t.match(await asked({ form, email: 'a'.repeat(255) }), [422, /The request has mistakes/])
    t.match(await asked({ form }), [422, /The request has mistakes/])
    t.match(await asked({ email: other }), [403])
    for (let count = 0; count < 12; count += 1)
      await addAddress(asTx(blazon.tools.db), accountId, {
        email: `n${count}@new.example`,
        verifiedAt: '2026-11-22T04:00:00.000Z',
        main: false,
      })
    for (let count = 0; count < 10; count += 1)
      t.match(await asked({ form, email: `n${count}@new.example` }), [303])
    t.match(await asked({ form, email: other }), [409, /for 10 other addresses already/])
  },
)

/** How the name of each file ends, and what the README says that it is for. */
const uses: Record<string, Word> = {
  '.png': 'files.bakedPng.for',
  '.svg': 'files.bakedSvg.for',
  '-ob2.svg': 'files.bakedSvgOb2.for',
  '.json': 'files.credential.for',
  '.jwt': 'files.credentialJwt.for',
  '.jws': 'files.assertionJws.for',
  '-with-name.png': 'files.namedPng.for',
  '-with-name.json': 'files.namedJson.for',
  '-with-name.jwt': 'files.namedJwt.for',
  '-certificate.pdf': 'files.certificate.for',
  ...Object.fromEntries(pictureForms.map((form) => [`-${form}`, 'files.image.for'])),
}

onEachDatabase(
  t,
  'everything in one ZIP has every file as it is served, under names that say what they are and not whose, and a README that tells of each',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { badge, owner, at } = await arriveWithTwo(blazon)
    await owner.send(`${at}/claim`, { answer: 'private' })
    await owner.get(`${at}/files`)
    await owner.send(`${at}/addresses`)
    const page = (await owner.get(`${at}/files`)).body
    const answer = await owner.get(`${at}/files.zip`)
    const stem = `northwind-cloud-practitioner-${badge.certificationNumber}`
    t.match(answer.headers, {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${stem}.zip"`,
      'cache-control': 'private, no-store',
    })
    const zip = unzipSync(answer.bytes)
    const names = Object.keys(zip)
    t.equal(names.length, 1 + 6 + 3 + 5 + 1 + 6)
    for (const name of names) t.notMatch(name, /zhang|张|wei/i)
    const readme = strFromU8(zip['README.txt'] ?? new Uint8Array())
    const own = names.filter((name) => name !== 'README.txt' && !name.includes('/'))
    t.same(own.map((name) => name.replace(stem, '')).toSorted(), Object.keys(uses).toSorted())
    for (const [ending, word] of Object.entries(uses))
      t.ok(readme.includes(`\n${stem}${ending}\n    ${english.say(word)}\n`), ending)
    t.match(readme, `other-address-1/\n    The same signed files for your address ${other}`)
    t.match(readme, 'somebody who guesses your address can test the guess')
    const offered = [...page.matchAll(/href="([^"]*)" download="([^"]*)"/g)]
    t.ok(offered.length >= 6 + 3 + 5 + 6)
    for (const [, url = '', name = ''] of offered) {
      if (name.endsWith('.zip') || name.endsWith('-picture.png')) continue
      const folder = url.includes('/addressed/') ? 'other-address-1/' : ''
      const served = (await owner.get(url)).bytes
      t.ok(served.equals(Buffer.from(zip[`${folder}${name}`] ?? [])), `${folder}${name}`)
    }
    const certificate = Buffer.from(zip[`${stem}-certificate.pdf`] ?? [])
    t.ok(certificate.equals((await owner.get(`${badge.links.page}/certificate.pdf`)).bytes))
    t.equal(certificate.subarray(0, 5).toString(), '%PDF-')
    if (missingPoppler) t.comment(missingPoppler)
    else {
      const words = poppler('pdftotext', certificate, { after: ['-'] })
      t.match(words, candidate.fullName)
      t.match(words, badge.certificationNumber)
    }
    t.equal((await visitor(blazon).get(`${at}/files.zip`)).location, '/sign-in')
    t.equal((await visitor(blazon).get(`${at}/files`)).location, '/sign-in')
  },
)
