import { readFileSync } from 'node:fs'
import type { Programme } from '../../schemas/programme.ts'
import { viewHelp } from '../../src/domain/holders/help.ts'
import { privacyNotice } from '../../src/domain/holders/privacy-notice.ts'
import { addresses } from '../../src/domain/programme/addresses.ts'
import { badgePage } from '../../src/pages/badge/badge-page.ts'
import { gonePage } from '../../src/pages/badge/gone-page.ts'
import { notConfirmedPage } from '../../src/pages/badge/not-confirmed-page.ts'
import { achievementPage } from '../../src/pages/issuer/achievement-page.ts'
import { helpPage } from '../../src/pages/issuer/help-page.ts'
import { issuerPage } from '../../src/pages/issuer/issuer-page.ts'
import { privacyPage } from '../../src/pages/issuer/privacy-page.ts'
import { problemPage } from '../../src/pages/kit/problem-page.ts'
import { directoryPage } from '../../src/pages/listing/directory-page.ts'
import { profilePage } from '../../src/pages/listing/profile-page.ts'
import { english, type Words } from '../../src/words/words.ts'
import { examplesProgramme } from '../help/start.ts'
import * as views from './sample-views.ts'

export const site = addresses('https://badges.northwind.example')
export const programme = JSON.parse(readFileSync(examplesProgramme, 'utf8')) as Programme
const { privacy: _privacy, help: _help, ...bare } = programme
const { name: _name, ...unnamed } = views.profile
const shown = { checkedAt: views.checkedAt }

/** The badge page and what stands in its place, which are in more languages than the rest. */
export const badgePagesIn = (t: Words): Record<string, string> => ({
  valid: badgePage(views.badge, shown, t),
  'valid with its checks': badgePage(views.badge, { ...shown, verdict: views.passed }, t),
  'with a failed check': badgePage(views.badge, { ...shown, verdict: views.failed }, t),
  expired: badgePage(views.expired, shown, t),
  suspended: badgePage(views.suspended, shown, t),
  revoked: badgePage(views.revoked, shown, t),
  'with its name hidden': badgePage(views.hidden, shown, t),
  'behind a share link': badgePage({ ...views.unseen, shared: { files: false } }, shown, t),
  'that people may find': badgePage({ ...views.badge, indexable: true }, shown, t),
  gone: gonePage(views.gone, t),
  'not confirmed': notConfirmedPage(t),
})

/** One of every page, in every state that a reader can meet, in a language that says everything. */
export const samplePagesIn = (t: Words): Record<string, string> => ({
  ...badgePagesIn(t),
  achievement: achievementPage(views.associate, views.issuer, t),
  issuer: issuerPage(views.issuer, [views.associate], t),
  privacy: privacyPage(privacyNotice(programme, views.checkedAt, site), t),
  'privacy of a programme that says little': privacyPage(
    privacyNotice({ ...bare, thirdParties: [] }, views.checkedAt, site),
    t,
  ),
  help: helpPage(viewHelp(programme, site), t),
  'help of a programme that says little': helpPage(viewHelp(bare, site), t),
  profile: profilePage(views.profile, t),
  'profile without a name or badges': profilePage({ ...unnamed, indexable: true, badges: [] }, t),
  directory: directoryPage(views.directory, t),
  'directory, searched in vain': directoryPage(views.foundNothing, t),
  'directory, a later page': directoryPage(
    { ...views.directory, search: { ...views.directory.search, text: 'maria', page: 2 } },
    t,
  ),
  problem: problemPage(
    { status: 404, title: t.say('problem.kind.not-found'), detail: t.say('problem.nothing') },
    t,
  ),
})

export const samplePages = samplePagesIn(english)
