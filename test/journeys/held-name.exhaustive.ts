import sharp from 'sharp'
import t, { type Test } from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { askFor, nameItem, signedIn, wish } from '../help/names.ts'
import { decide, openItems } from '../help/review.ts'
import { get, issue, passEvent, type Started, start } from '../help/start.ts'
import type { Visitor } from '../help/visitor.ts'

const damaged = 'JosÃ© Garcia'
const candidate = { ...passEvent().candidate, fullName: damaged, latinName: undefined }
type Issued = Awaited<ReturnType<typeof issue>>

/** Everything that prints the name of a holder, as the owner has it. */
async function printed(blazon: Started, owner: Visitor, { id, links }: Issued) {
  const slug = links.page.split('/').at(-1) ?? ''
  const card = await get(blazon, `${links.page}/card.png`)
  const { width } = await sharp(card.rawPayload).metadata()
  const signature = await get(blazon, `${links.page}/signature.png`)
  const zip = await owner.get(`/my/badges/${id}/files.zip`)
  const pages = [`/my/badges/${id}`, `/my/badges/${id}/files`]
  const offers = await Promise.all(pages.map(async (at) => (await owner.get(at)).body))
  return {
    certificate: (await owner.get(`/b/${slug}/certificate.pdf`)).status,
    card: width,
    signature: signature.statusCode,
    zip: zip.bytes.includes('certificate.pdf'),
    links: offers.map((body) => body.includes(`${links.page}/certificate.pdf`)),
    says: offers.map((body) => body.includes('certificate and preview card come')),
  }
}

const waits = {
  certificate: 409,
  card: 600,
  signature: 200,
  zip: false,
  links: [false, false],
  says: [true, true],
}
const comes = {
  certificate: 200,
  card: 1200,
  signature: 200,
  zip: true,
  links: [true, true],
  says: [false, false],
}

async function arrive(t: Test, database: Parameters<typeof start>[1], more = {}) {
  const blazon = await start(t, database)
  const badge = await issue(blazon, { candidate: { ...candidate, ...more } })
  const owner = await signedIn(blazon, candidate.email)
  return { blazon, badge, owner }
}

onEachDatabase(
  t,
  'while a name is asked about, certificate, card and the certificate in downloads wait, the owner is told, and nothing leads to 409',
  async (t, database) => {
    const { blazon, badge, owner } = await arrive(t, { database })
    t.same(await printed(blazon, owner, badge), waits)
    const [item] = await openItems(blazon)
    await decide(blazon, item?.id ?? '', 'dismiss')
    t.same(await printed(blazon, owner, badge), waits, 'dismissed')
    await decide(blazon, item?.id ?? '', 'release')
    t.same(await printed(blazon, owner, badge), comes, 'released')
  },
)

onEachDatabase(
  t,
  'a sound name that a candidate asks for and an operator approves lets them out',
  async (t, database) => {
    const { blazon, badge, owner } = await arrive(t, { database })
    await askFor(owner, badge.id, { ...wish, fullName: 'José García', latinName: '' })
    t.same(await printed(blazon, owner, badge), waits, 'asking alone changes nothing')
    await decide(blazon, (await nameItem(blazon))?.id ?? '', 'approve')
    t.same(await openItems(blazon), [])
    t.same(await printed(blazon, owner, badge), comes)
  },
)

onEachDatabase(
  t,
  'a damaged name that a candidate asks for and an operator approves is asked about as any other, and released',
  async (t, database) => {
    const { blazon, badge, owner } = await arrive(t, { database }, { fullName: 'José García' })
    t.same(await printed(blazon, owner, badge), comes)
    const asked = await askFor(owner, badge.id, { ...wish, fullName: damaged, latinName: '' })
    t.equal(asked.status, 303)
    await decide(blazon, (await nameItem(blazon))?.id ?? '', 'approve')
    const [item, ...others] = await openItems(blazon)
    t.same(others, [])
    t.match(item, { kind: 'unprintable-name', facts: { damage: ['wrong-encoding'] } })
    t.same(await printed(blazon, owner, badge), waits)
    await decide(blazon, item?.id ?? '', 'release')
    t.same(await printed(blazon, owner, badge), comes)
  },
)
