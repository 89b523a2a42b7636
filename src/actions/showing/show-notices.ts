import { type HelpView, viewHelp } from '../../domain/holders/help.ts'
import { type PrivacyNotice, privacyNotice } from '../../domain/holders/privacy-notice.ts'
import type { Tools } from '../tools/tools.ts'

type Needs = Pick<Tools, 'programmes' | 'addresses'>

/** The programme's part of the privacy page. */
export function showPrivacyNotice({ programmes, addresses }: Needs): PrivacyNotice {
  return privacyNotice(programmes.current().programme, programmes.noticeSince(), addresses)
}

/** The programme's rules, for the help page. */
export function showHelp({ programmes, addresses }: Needs): HelpView {
  return viewHelp(programmes.current().programme, addresses)
}
