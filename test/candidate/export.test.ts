import { strFromU8, unzipSync } from 'fflate'
import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { linkIn, runMails, startWithMail } from '../help/mails.ts'
import { askFor, wish } from '../help/names.ts'
import { change, get, issue, passEvent, post } from '../help/start.ts'
import { visitor } from '../help/visitor.ts'

const { candidate } = passEvent()
const forms = {
  '.png': 'bakedPng',
  '.svg': 'bakedSvg',
  '-ob2.svg': 'bakedSvgOb2',
  '.json': 'credential',
  '.jwt': 'credentialJwt',
  '.jws': 'assertionJws',
  '-picture-600.png': 'image',
} as const
/** For the owner alone, or in other sizes. */
const others = [
  '-certificate.pdf',
  '-with-name.png',
  '-with-name.json',
  '-with-name.jwt',
  ...[1200, 400, 192, 96].map((size) => `-picture-${size}.png`),
]

onEachDatabase(
  t,
  'the export holds what is stored of its owner: record, messages, mails, links, sessions, and every file as it is served',
  async (t, database) => {
    const blazon = await startWithMail(t, database)
    const badge = await issue(blazon, { visibility: 'private' })
    await issue(blazon, {
      resultId: 'R-other',
      candidate: { ...candidate, id: 'C-other', fullName: 'Olga', email: 'olga@example.com' },
    })
    await post(blazon, passEvent({ resultId: 'R-2', exam: 'PR000002', outcome: 'failed' }))
    await change(blazon, badge.id, 'suspend', { note: 'her cousin called' })
    await change(blazon, badge.id, 'reinstate')
    await runMails(blazon)
    const owner = visitor(blazon)
    const claim = linkIn(
      blazon.inbox.mails.find(({ to }) => to.includes(candidate.email))?.mail.text,
    )
    await owner.get(claim)
    await owner.send(new URL(claim).pathname, { answer: 'public' })
    await owner.get(`/my/badges/${badge.id}`)
    const wanted = { label: 'for Contoso', expires: '', viewLimit: '' }
    await owner.send(`/my/badges/${badge.id}/links`, wanted)
    t.equal((await askFor(owner, badge.id, wish)).status, 303)

    const zip = unzipSync((await owner.get('/my/export')).bytes)
    const read = (name: string) => JSON.parse(strFromU8(zip[name] ?? new Uint8Array()))
    const folder = `badges/${badge.certificationNumber}-${badge.earnedOn}-${badge.id}`
    const stem = `${folder}/northwind-cloud-practitioner-${badge.certificationNumber}`
    const names = [...Object.keys(forms), ...others].map((form) => `${stem}${form}`)
    const beside = ['badge.json', 'README.txt'].map((name) => `${folder}/${name}`)
    t.same(
      Object.keys(zip).toSorted(),
      ['README.txt', 'account.json', 'results.json', ...beside, ...names].toSorted(),
    )
    t.match(read('account.json'), {
      addresses: [{ email: candidate.email, main: true }],
      sessions: [{ agent: 'Firefox on Linux' }],
      shareLinks: [{ label: 'for Contoso', views: 0 }],
    })
    const [{ messages, candidates, nameRequests, questions }] = read('results.json')
    t.match(nameRequests, [{ wanted: { fullName: wish.fullName }, reason: wish.reason }])
    t.match(questions, [{ kind: 'name-correction', state: 'open' }])
    t.match(candidates, [{ id: candidate.id, fullName: candidate.fullName }])
    t.same(messages.length, 2, 'passed and failed, word for word')
    const record = read(`${folder}/badge.json`)
    t.match(record, { visibility: 'public', holder: { fullName: candidate.fullName } })
    const mailed = record.mails.map(({ kind, state }: Record<string, string>) => `${kind} ${state}`)
    t.same(mailed.toSorted(), ['earned sent', 'reinstated sent', 'suspended skipped'])
    t.match(record.history, [{ action: 'badge.issued' }, { note: 'her cousin called' }])
    for (const [form, link] of Object.entries(forms)) {
      const { rawPayload } = await get(blazon, badge.links[link])
      t.ok(rawPayload.equals(Buffer.from(zip[`${stem}${form}`] ?? [])), `${form} as served`)
    }
    const all = Object.values(zip).map((bytes) => strFromU8(bytes, true))
    for (const foreign of ['olga@example.com', 'Olga', 'C-other', 'R-other'])
      t.notOk(
        all.some((text) => text.includes(foreign)),
        `nothing of others: ${foreign}`,
      )
  },
)
