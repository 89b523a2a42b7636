import { Html, html, type Printable } from './html.ts'

/** The address if it is one of the web, else nothing: escaping does not stop `javascript:`. */
export function webAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  return /^https?:$/.test(new URL(url).protocol) ? url : undefined
}

/** A link to an address of the web; the bare text if the address is anything else. */
export function link(url: string, text: Printable): Html {
  const address = webAddress(url)
  return address === undefined ? html`${text}` : html`<a href="${address}">${text}</a>`
}

/** A link that writes to somebody. */
export function mailLink(email: string): Html {
  const address = encodeURIComponent(email).replace('%40', '@')
  return html`<a href="mailto:${address}" dir="ltr">${email}</a>`
}

/** Where an address lives, as the browser's address bar spells it. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}

/** The same to be read letter by letter; it runs from left to right in every language. */
export function domain(url: string): Html {
  return html`<strong class="domain" dir="ltr">${hostOf(url)}</strong>`
}

/** What is spelled alike in every language: a certification number, the code of an exam. */
export function code(text: string): Html {
  return html`<bdi class="number">${text}</bdi>`
}

/** A picture with its place reserved, so that nothing moves when it arrives; `size` is its side in CSS pixels. */
export function picture(url: string, alt: string, size: number): Html {
  const address = webAddress(url)
  if (address === undefined) return new Html('')
  return html`<img class="picture" src="${address}" alt="${alt}" width="${size}" height="${size}">`
}

/** How a badge's page is asked for in another language: whoever came by a share link needs it there, too. */
export function againFor({ links }: { links: { page: string } }) {
  const share = new URL(links.page).searchParams.get('share')
  return share === null ? {} : { query: { share } }
}
