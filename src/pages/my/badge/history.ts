import type { PrivacySettings } from '../../../../schemas/badge.ts'
import type { HistoryEntry } from '../../../domain/holders/holder-view.ts'
import { dayOf } from '../../../domain/rules/attempt.ts'
import type { Words } from '../../../words/words.ts'
import { type Html, html } from '../../kit/html.ts'

/** The events of a badge, the latest first, each with its day. */
export function history(happenings: HistoryEntry[], timeZone: string, t: Words): Html {
  const latest = happenings.toSorted((one, other) => (one.at < other.at ? 1 : -1))
  return html`<ol class="history" reversed>${latest.map(
    (each) =>
      html`<li><time datetime="${each.at}">${t.day(dayOf(each.at, timeZone))}</time> <span>${sentences(each, t)}</span></li>\n`,
  )}</ol>`
}

function sentences({ what, by, settings = {} }: HistoryEntry, t: Words): string {
  if (what !== 'settings' && what !== 'claimed') return t.say(`history.${what}`, { by })
  const changed = changes(settings, by, t)
  if (what === 'claimed') return [t.say('history.claimed', { by }), ...changed].join(' ')
  return changed.join(' ') || t.say('history.settings', { by })
}

/** `made public`: a sentence for each setting that was changed. */
function changes(settings: Partial<PrivacySettings>, by: HistoryEntry['by'], t: Words): string[] {
  const { visibility, nameDisplay, discoverable, showExpired } = settings
  return [
    visibility && t.say(`history.visibility.${visibility}`, { by }),
    nameDisplay && t.say(`history.name.${nameDisplay}`, { by }),
    discoverable !== undefined && t.say(`history.discoverable.${onOff(discoverable)}`, { by }),
    showExpired !== undefined && t.say(`history.showExpired.${onOff(showExpired)}`, { by }),
  ].filter((text) => typeof text === 'string')
}

function onOff(on: boolean) {
  return on ? 'on' : 'off'
}
