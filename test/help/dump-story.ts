import { showFile } from '../../src/actions/showing/show-files.ts'
import { addAccount } from '../../src/storage/accounts/accounts.ts'
import { setOwner } from '../../src/storage/badges/holder-badges.ts'
import { issueNamed } from './issue-named.ts'
import { change, issue, passEvent, post, type Started } from './start.ts'
import { asTx } from './transaction.ts'

/** Badges in every state, names in several scripts, corrections, a review item, people who share an address. */
export async function fill(blazon: Started) {
  const names = [
    '张伟',
    'محمد العربي',
    'Łucja Żółć',
    'अनिता शर्मा',
    'ชนัญชิดา',
    'Maria Marini',
    'Ana Ruiz',
    'Kim',
  ]
  const badges = []
  for (const [at, fullName] of names.entries()) {
    const candidate = { id: `C-${at}`, fullName, email: `c${at}@example.com`, locale: 'en' }
    badges.push(await issue(blazon, { resultId: `R-${at}`, candidate }))
  }
  const [found, revoked, suspended, , named, initials] = badges
  const settings = (id: string, payload: object) => change(blazon, id, 'privacy', payload)
  for (const badge of badges) await settings(badge.id, { visibility: 'public', discoverable: true })
  await settings(initials?.id ?? '', { nameDisplay: 'initials' })
  await settings(badges[6]?.id ?? '', { nameDisplay: 'hidden' })
  await settings(badges[7]?.id ?? '', { visibility: 'private', discoverable: false })
  await change(blazon, revoked?.id ?? '', 'revoke', { class: 'withdrawn', note: 'a note' })
  await change(blazon, suspended?.id ?? '', 'suspend')
  const slug = (badge = found) => badge?.links.page.split('/').at(-1) ?? ''
  for (const file of ['assertion.jws', 'credential.jwt'] as const)
    await showFile(blazon.tools, slug(), file, { viewer: 'public' })
  if (named) await issueNamed(blazon, named)
  const candidate = { id: 'C-3', fullName: names[3], email: 'c3@example.com', locale: 'en' }
  const day = { startedAt: '2026-11-20T09:00:00+08:00', endedAt: '2026-11-20T10:12:00+08:00' }
  await post(blazon, passEvent({ resultId: 'R-3', revision: 2, candidate, ...day }))
  await post(blazon, passEvent({ resultId: 'R-x', exam: 'PR999999' }))
  await post(
    blazon,
    passEvent({ resultId: 'R-f', outcome: 'failed', candidate: { ...candidate, id: 'C-9' } }),
  )
  const times = { startedAt: '2023-11-20T09:00:00+08:00', endedAt: '2023-11-20T10:12:00+08:00' }
  const old = await issue(blazon, {
    resultId: 'R-old',
    ...times,
    candidate: { ...candidate, id: 'C-8' },
  })
  await own(blazon, { claimed: named?.id ?? '', declined: old.id })
}

/** A holder who claimed a badge, shares it, and declined another. */
async function own(
  { tools }: Started,
  { claimed, declined }: { claimed: string; declined: string },
) {
  const at = tools.now()
  await addAccount(asTx(tools.db), 'account-1', at)
  await setOwner(asTx(tools.db), claimed, {
    accountId: 'account-1',
    claimedAt: at,
    declinedAt: null,
  })
  await setOwner(asTx(tools.db), declined, {
    accountId: 'account-1',
    claimedAt: null,
    declinedAt: at,
  })
  await tools.db
    .insertInto('share_link')
    .values({
      id: 'share-1',
      badge_id: claimed,
      hash: 'h3',
      label: 'an employer',
      with_name: 1,
      with_files: 0,
      with_certificate: 0,
      expires_at: null,
      view_limit: 5,
      views: 1,
      created_at: at,
      seen_at: at,
    })
    .execute()
}

/** Rows of the tables that the story does not fill. */
export const more: Record<string, Record<string, string | number | null>[]> = {
  account: [{ id: 'account-1', created_at: '2026-11-22T05:00:00.000Z' }],
  account_address: [
    {
      email: 'c0@example.com',
      account_id: 'account-1',
      verified_at: '2026-11-22T05:00:00.000Z',
      main: 1,
    },
  ],
  session: [
    {
      id: 'session-1',
      hash: 'h1',
      previous_hash: null,
      rotated_at: '2026-11-22T05:00:00.000Z',
      account_id: 'account-1',
      agent: 'Firefox',
      created_at: '2026-11-22T05:00:00.000Z',
      seen_at: '2026-11-22T05:00:00.000Z',
      expires_at: '2027-11-22T05:00:00.000Z',
    },
  ],
  mail_link: [
    {
      hash: 'h2',
      purpose: 'sign-in',
      email: 'c0@example.com',
      badge_id: null,
      account_id: null,
      created_at: '2026-11-22T05:00:00.000Z',
      expires_at: '2026-11-22T05:15:00.000Z',
      spent_at: null,
    },
  ],
  mail: [
    {
      id: 'mail-1',
      badge_id: null,
      account_id: 'account-1',
      kind: 'earned',
      email: 'c0@example.com',
      state: 'sent',
      message_id: '<1@example.test>',
      at: '2026-11-22T05:00:00.000Z',
      answer: '250 OK',
      bounced_at: null,
    },
  ],
  mail_limit: [
    { mark: 'm', asked: '["2026-11-22T05:00:00.000Z"]', until: '2027-11-22T06:00:00.000Z' },
  ],
  erased_result: [
    { mark: 'er', revision: 1, body_mark: 'bm', erased_at: '2026-11-22T05:00:00.000Z' },
  ],
  erased_attempt: [{ mark: 'ea', day: '2026-11-20', forget_on: '2099-11-20' }],
  erased_credential: [
    {
      assertion_id: 'ec-1',
      credential_id: 'ec-2',
      status_list: 9,
      status_index: 9,
      status_method: 'BitstringStatusListEntry',
      assertion_key: 'rsa-1',
      revoked_class: 'withdrawn',
      result_mark: 'er',
    },
  ],
  poll: [{ adapter: 'kryterion', cursor: 'c', polled_at: '2026-11-22T05:00:00.000Z' }],
  voided_statement: [
    { source: 'xapi', statement_id: 's', received_at: '2026-11-22T05:00:00.000Z' },
  ],
  sighting: [{ mark: 'sighted' }],
  attempt: [
    {
      source: 'webassessor',
      candidate_id: 'C-0',
      exam: 'PR000001',
      started_at: '2026-11-22T01:00:00.000Z',
    },
  ],
  profile: [
    {
      account_id: 'account-1',
      handle: 'zhang',
      shown: 1,
      name_display: 'full',
      discoverable: 1,
      place: 1,
    },
  ],
  former_handle: [{ handle: 'wei', account_id: 'account-1', until: '2099-11-22T05:00:00.000Z' }],
  name_request: [
    {
      source: 'webassessor',
      candidate_id: 'C-0',
      number: 1,
      was_full_name: '张伟',
      was_latin_name: null,
      full_name: '張偉',
      latin_name: null,
      reason: 'old',
      asked_at: '2026-11-22T05:00:00.000Z',
      taken_back_at: '2026-11-22T05:01:00.000Z',
      answer: null,
    },
  ],
}
