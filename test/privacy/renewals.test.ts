import t from 'tap'
import { claimSignedIn } from '../../src/actions/holders/claim-badge.ts'
import { shareBadge } from '../../src/actions/holders/share-badge.ts'
import { openSession } from '../../src/actions/holders/sign-in.ts'
import { onEachDatabase } from '../help/databases.ts'
import { signedIn } from '../help/names.ts'
import { change, get, issue, passEvent, start } from '../help/start.ts'
import { asTxTools } from '../help/transaction.ts'
import type { Visitor } from '../help/visitor.ts'

const at = (day: string) => ({
  startedAt: `${day}T09:00:00+08:00`,
  endedAt: `${day}T10:00:00+08:00`,
})

const visibilities = ['private', 'link', 'public'] as const

onEachDatabase(
  t,
  'each renewal is judged by what its visitor is to that badge: owner, operator, guest, stranger',
  async (t, database) => {
    const blazon = await start(t, { database })
    const first = await issue(blazon, { ...at('2024-11-22'), visibility: 'private' })
    const second = await issue(blazon, { resultId: 'R-2', ...at('2026-11-20') })
    const { candidate } = passEvent()
    const other = { ...candidate, id: 'C-2', email: 'two@example.com' }
    await issue(blazon, { resultId: 'R-3', candidate: other })
    const owner = await signedIn(blazon, candidate.email)
    const another = await signedIn(blazon, other.email)
    const cookies = (who: Visitor) => ({
      cookie: [...who.cookies].map((pair) => pair.join('=')).join('; '),
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0',
    })
    const ask = async (badge: typeof first, headers: Record<string, string>) => {
      const view = await get(blazon, `${badge.links.page}.json`, headers)
      const page = await get(blazon, badge.links.page, { accept: 'text/html', ...headers })
      return { view: view.statusCode === 200 ? view.json() : {}, page: page.body }
    }
    for (const older of visibilities)
      for (const newer of visibilities) {
        await change(blazon, first.id, 'privacy', { visibility: older })
        await change(blazon, second.id, 'privacy', { visibility: newer })
        const told = `${older}, renewed by ${newer}`
        for (const [who, headers, sees] of [
          ['its owner', cookies(owner), true],
          ['an operator', blazon.auth, true],
          ['another candidate', cookies(another), false],
          ['a stranger', {}, false],
        ] as const) {
          const [fromOld, fromNew] = [await ask(first, headers), await ask(second, headers)]
          const wanted = (own: string, linked: string) =>
            sees || (own === 'public' && linked === 'public')
          t.equal('renewedBy' in fromOld.view, wanted(older, newer), `${who}: ${told}`)
          t.equal(fromOld.page.includes(second.links.page), wanted(older, newer), `${who}: ${told}`)
          t.equal('renews' in fromNew.view, wanted(newer, older), `${who}: the older; ${told}`)
        }
      }
  },
)

onEachDatabase(
  t,
  'a share link shows one badge, and of its renewals what is public',
  async (t, database) => {
    const blazon = await start(t, { database })
    const first = await issue(blazon, { ...at('2024-11-22'), visibility: 'link' })
    const second = await issue(blazon, { resultId: 'R-2', ...at('2026-11-20'), visibility: 'link' })
    const { accountId } = await openSession(asTxTools(blazon.tools), {
      email: passEvent().candidate.email,
      agent: 'Firefox on Linux',
    })
    await claimSignedIn(blazon.tools, {
      accountId,
      badgeId: second.id,
      answer: { visibility: 'link' },
    })
    const rights = { withName: false, withFiles: false, withCertificate: false }
    const { url } = await shareBadge(blazon.tools, {
      accountId,
      badgeId: second.id,
      wanted: { label: 'one', ...rights, expiresAt: null, viewLimit: null },
    })
    const renews = async () => {
      const answer = await get(blazon, url, { accept: 'application/json' })
      t.equal(answer.statusCode, 200)
      return 'renews' in answer.json()
    }
    t.equal(await renews(), false)
    await change(blazon, first.id, 'privacy', { visibility: 'public' })
    t.equal(await renews(), true)
  },
)
