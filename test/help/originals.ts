import { claimSignedIn } from '../../src/actions/holders/claim-badge.ts'
import { setHolderPrivacy } from '../../src/actions/holders/set-holder-privacy.ts'
import { setProfile } from '../../src/actions/holders/set-profile.ts'
import { openSession } from '../../src/actions/holders/sign-in.ts'
import { transaction } from '../../src/actions/tools/transaction.ts'
import { instantAfter } from '../../src/domain/work/job.ts'
import { runMails } from './mails.ts'
import { change, issue, type Started } from './start.ts'

type Blazon = Pick<Started, 'app' | 'tools' | 'auth' | 'clock'>

/** What became of each, as often as the copies shall have it. */
const fates = ['open', 'open', 'open', 'claimed', 'public', 'listed', 'listed', 'revoked'] as const

/** The hours after its issue at which a badge's holder was mailed, when no reminder to claim it is left. */
const mailed = [0, 4, 15, 46].map((days) => days * 24)

/**
 * Issues badges to be copied, fifty days before the clock: most are not claimed, some are public, listed or revoked, and
 * all their mails that are due by the clock are sent. Answers the ids of the badges, by what became of them.
 */
export async function issueOriginals(
  blazon: Blazon,
  all: readonly (typeof fates)[number][] = fates,
): Promise<{ id: string; fate: string }[]> {
  const end = blazon.clock.now()
  blazon.clock.set(instantAfter(end, '-PT1200H'))
  const begun = blazon.clock.now()
  const badges: { id: string; fate: string }[] = []
  for (const [at, fate] of all.entries()) {
    const email = `candidate.original-${at}@example.com`
    const { id } = await issue(blazon as Started, {
      resultId: `R-original-${at}`,
      startedAt: instantAfter(begun, '-PT2H'),
      endedAt: instantAfter(begun, '-PT1H'),
      candidate: { id: `C-original-${at}`, fullName: 'Ada Bell', email, locale: 'en' },
      visibility: 'private',
    })
    badges.push({ id, fate })
  }
  for (const [at, { id, fate }] of badges.entries()) {
    if (fate === 'revoked') await change(blazon as Started, id, 'revoke', { class: 'withdrawn' })
    if (fate === 'open' || fate === 'revoked') continue
    const email = `candidate.original-${at}@example.com`
    const visibility = fate === 'claimed' ? 'private' : 'public'
    const { accountId } = await transaction(blazon.tools, (tools) =>
      openSession(tools, { email, agent: 'Firefox' }),
    )
    await claimSignedIn(blazon.tools, { accountId, badgeId: id, answer: { visibility } })
    if (fate !== 'listed') continue
    const settings = {
      visibility,
      nameDisplay: 'full',
      discoverable: true,
      showExpired: true,
    } as const
    await setHolderPrivacy(blazon.tools, { accountId, badgeId: id, settings })
    const profile = { handle: `original-${at}`, shown: true, discoverable: true }
    await setProfile(blazon.tools, { ...profile, accountId, nameDisplay: 'full' })
  }
  for (const hours of mailed) {
    blazon.clock.set(instantAfter(begun, `PT${hours}H`))
    await runMails(blazon)
  }
  blazon.clock.set(end)
  return badges
}
