import type { Contact } from '../domain/programme.ts'
import { type Html, html } from './html.ts'
import { hostOf, link, mailLink } from './links.ts'

/** Somebody who can be asked, and how: by mail, on a page, or both. */
export function contactLine({ name, email, url }: Contact): Html {
  const ways = [email && mailLink(email), url && link(url, hostOf(url))].filter((way) => way)
  return html`${name}: ${ways[0]}${ways.length > 1 && html` · ${ways[1]}`}`
}
