import type { Contact } from '../../domain/programme/programme.ts'
import { type Html, html } from './html.ts'
import { link, mailLink } from './links.ts'

/** A contact by mail, on a page, or both. */
export function contactLines({ name, email, url }: Contact): Html {
  return html`<p class="contact"><strong><bdi>${name}</bdi></strong>${
    email !== undefined && html`<br>${mailLink(email)}`
  }${url !== undefined && html`<br><bdi>${link(url, url.replace('https://', ''))}</bdi>`}</p>`
}
