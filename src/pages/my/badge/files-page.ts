import type { AddressFiles, HolderBadge } from '../../../domain/holders/holder-view.ts'
import type { Words } from '../../../words/words.ts'
import { html } from '../../kit/html.ts'
import { inLanguage } from '../../kit/in-language.ts'
import { lines, part } from '../../kit/layout.ts'
import { type HolderPageFacts, holderPage } from '../kit/holder-page.ts'
import { addressFiles } from './address-files.ts'
import { peoplesFiles, programsFiles } from './downloads.ts'

export type FilesPageFacts = HolderPageFacts & {
  badge: HolderBadge
  addressFiles: AddressFiles
  /** Whether files contain the salted hash of the holder's address. */
  emailHash: boolean
}

/** Every format of a badge, what each is for, and what a recipient can learn from it. */
export function filesPage(facts: FilesPageFacts, t: Words): string {
  const { badge, emailHash } = facts
  const { achievement } = badge.view
  const known = t.say(emailHash ? 'privacy.files.hash' : 'privacy.files.noHash')
  return holderPage(
    { ...facts, signedIn: true },
    {
      title: t.say('files.title', { achievement: achievement.name }),
      again: { path: `/my/badges/${badge.id}/files` },
      body: html`<div class="opening wide"><p class="eyebrow"><a href="/my/badges/${badge.id}">${inLanguage(achievement.name, achievement, t)}</a></p>
<h1>${t.say('files.heading')}</h1>
<p class="lead">${t.say('files.text')}</p></div>
${part('files', t.say('files.people'), html`${peoplesFiles(badge, t)}${programsFiles(badge, t)}`)}${addressFiles(badge, facts, t)}${part('files-known', t.say('files.known'), lines([known, t.say('files.recall')]))}`,
    },
    t,
  )
}
