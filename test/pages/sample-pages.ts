import { readFileSync } from 'node:fs'
import type { Programme } from '../../schemas/programme.ts'
import { addresses } from '../../src/domain/addresses.ts'
import { viewHelp } from '../../src/domain/help.ts'
import { privacyNotice } from '../../src/domain/privacy-notice.ts'
import { achievementPage } from '../../src/pages/achievement-page.ts'
import { badgePage } from '../../src/pages/badge-page.ts'
import { directoryPage } from '../../src/pages/directory-page.ts'
import { gonePage } from '../../src/pages/gone-page.ts'
import { helpPage } from '../../src/pages/help-page.ts'
import { issuerPage } from '../../src/pages/issuer-page.ts'
import { notConfirmedPage } from '../../src/pages/not-confirmed-page.ts'
import { privacyPage } from '../../src/pages/privacy-page.ts'
import { problemPage } from '../../src/pages/problem-page.ts'
import { profilePage } from '../../src/pages/profile-page.ts'
import { english } from '../../src/words/words.ts'
import { examplesProgramme } from '../help/start.ts'
import * as views from './sample-views.ts'

export const site = addresses('https://badges.northwind.example')
export const programme = JSON.parse(readFileSync(examplesProgramme, 'utf8')) as Programme
const { privacy: _privacy, help: _help, ...bare } = programme
const { name: _name, ...unnamed } = views.profile
const shown = { checkedAt: views.checkedAt }

/** One of every page, in every state that a reader can meet. */
export const samplePages: Record<string, string> = {
  valid: badgePage(views.badge, shown, english),
  'valid with its checks': badgePage(views.badge, { ...shown, verdict: views.passed }, english),
  'with a failed check': badgePage(views.badge, { ...shown, verdict: views.failed }, english),
  expired: badgePage(views.expired, shown, english),
  suspended: badgePage(views.suspended, shown, english),
  revoked: badgePage(views.revoked, shown, english),
  'with its name hidden': badgePage(views.hidden, shown, english),
  'behind a share link': badgePage({ ...views.badge, shared: { files: false } }, shown, english),
  gone: gonePage(views.gone, english),
  'not confirmed': notConfirmedPage(english),
  achievement: achievementPage(views.associate, views.issuer, english),
  issuer: issuerPage(views.issuer, [views.associate], english),
  privacy: privacyPage(privacyNotice(programme, views.checkedAt, site), english),
  'privacy of a programme that says little': privacyPage(
    privacyNotice({ ...bare, thirdParties: [] }, views.checkedAt, site),
    english,
  ),
  help: helpPage(viewHelp(programme, site), english),
  'help of a programme that says little': helpPage(viewHelp(bare, site), english),
  profile: profilePage(views.profile, english),
  'profile without a name or badges': profilePage(
    { ...unnamed, indexable: true, badges: [] },
    english,
  ),
  directory: directoryPage(views.directory, english),
  'directory, searched in vain': directoryPage(views.foundNothing, english),
  'directory, a later page': directoryPage(
    { ...views.directory, search: { ...views.directory.search, text: 'maria', page: 2 } },
    english,
  ),
  problem: problemPage(
    { status: 404, title: 'Nothing here', detail: 'There is no page.' },
    english,
  ),
}
