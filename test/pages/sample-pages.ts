import { achievementPage } from '../../src/pages/achievement-page.ts'
import { badgePage } from '../../src/pages/badge-page.ts'
import { gonePage } from '../../src/pages/gone-page.ts'
import { issuerPage } from '../../src/pages/issuer-page.ts'
import { notConfirmedPage } from '../../src/pages/not-confirmed-page.ts'
import { problemPage } from '../../src/pages/problem-page.ts'
import * as views from './sample-views.ts'

const shown = { checkedAt: views.checkedAt }

/** One of every page, in every state that a reader can meet. */
export const samplePages: Record<string, string> = {
  valid: badgePage(views.badge, shown),
  'valid with its checks': badgePage(views.badge, { ...shown, verdict: views.passed }),
  'with a failed check': badgePage(views.badge, { ...shown, verdict: views.failed }),
  expired: badgePage(views.expired, shown),
  suspended: badgePage(views.suspended, shown),
  revoked: badgePage(views.revoked, shown),
  'with its name hidden': badgePage(views.hidden, shown),
  gone: gonePage(views.gone),
  'not confirmed': notConfirmedPage(),
  achievement: achievementPage(views.associate, views.issuer),
  issuer: issuerPage(views.issuer, [views.associate]),
  problem: problemPage({ status: 404, title: 'Nothing here', detail: 'There is no page.' }),
}
