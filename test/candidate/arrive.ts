import { askForName } from '../../src/actions/holders/ask-for-name.ts'
import { claimByLink } from '../../src/actions/holders/claim-badge.ts'
import { shareBadge } from '../../src/actions/holders/share-badge.ts'
import { makeMailLink } from '../../src/actions/support/mail-links.ts'
import { nameItem } from '../help/names.ts'
import { decide } from '../help/review.ts'
import { change, get, issue, passEvent, post, type Started } from '../help/start.ts'

/** What must be found nowhere once its owner was erased. */
export const secrets = [
  ...[
    'Wilhelmina',
    'Vandersloot',
    '王小明',
    'wilhelmina@example.com',
    'C-4711',
    'R-4711',
    'R-4712',
  ],
  'her cousin called',
  '王晓明',
  'Vanderslooot',
  'Xiao is another character',
  'come with the ID of her aunt',
]
export const candidate = {
  id: 'C-4711',
  fullName: '王小明',
  latinName: 'Wilhelmina Vandersloot',
  email: 'Wilhelmina@example.com',
  birthDate: '1990-02-28',
}
const failed = {
  resultId: 'R-4712',
  exam: 'PR000002',
  outcome: 'failed',
  startedAt: '2026-11-20T09:00:00+08:00',
  endedAt: '2026-11-20T10:00:00+08:00',
  candidate,
}

/** Somebody who passed one exam, failed another, claimed the badge, shared it, and was looked at by operators. */
export async function arrive(blazon: Started) {
  const badge = await issue(blazon, { resultId: 'R-4711', candidate, visibility: 'private' })
  await post(blazon, passEvent(failed))
  await change(blazon, badge.id, 'suspend', { note: 'her cousin called' })
  await change(blazon, badge.id, 'reinstate')
  const { url } = await makeMailLink(blazon.tools, {
    purpose: 'claim',
    email: candidate.email,
    badgeId: badge.id,
  })
  const secret = url.split('/').at(-1) ?? ''
  const claimed = await claimByLink(blazon.tools, {
    secret,
    answer: { visibility: 'public' },
    agent: 'Firefox on Linux',
  })
  if (!claimed) throw new Error('not claimed')
  const { accountId } = claimed
  const wanted = {
    label: 'for Wilhelmina’s mother',
    withName: true,
    withFiles: true,
    withCertificate: true,
  }
  await shareBadge(blazon.tools, {
    accountId,
    badgeId: badge.id,
    wanted: { ...wanted, expiresAt: null, viewLimit: null },
  })
  await askForName(blazon.tools, {
    accountId,
    badgeId: badge.id,
    wish: {
      fullName: '王晓明',
      latinName: 'Wilhelmina Vanderslooot',
      reason: 'Xiao is another character',
    },
  })
  const item = await nameItem(blazon)
  await decide(blazon, item?.id ?? '', 'refuse', { answer: 'come with the ID of her aunt' })
  const credential = (await get(blazon, badge.links.credential)).body
  const jws = (await get(blazon, badge.links.assertionJws)).body
  return { accountId, badge, credential, jws }
}

/** Every value of every column of every table, as one text. */
export async function everything({ tools }: Started): Promise<string> {
  const tables = await tools.db.introspection.getTables()
  if (tables.length < 20) throw new Error('the database has fewer tables than Blazon makes')
  const values: string[] = []
  for (const table of tables) {
    const rows = await tools.db
      .selectFrom(table.name as 'badge')
      .selectAll()
      .execute()
    values.push(JSON.stringify(rows))
  }
  return values.join('\n')
}
