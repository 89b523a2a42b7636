import { Html, html, type Printable } from './html.ts'
import { type Choice, widthsAt } from './picture-choice.ts'

/** The address if it is a web address, else undefined: escaping does not stop `javascript:`. */
export function webAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  return /^https?:$/.test(new URL(url).protocol) ? url : undefined
}

/** A link to a web address. For any other address, the bare text. */
export function link(url: string, text: Printable): Html {
  const address = webAddress(url)
  return address === undefined ? html`${text}` : html`<a href="${address}">${text}</a>`
}

/** A link that starts a mail. */
export function mailLink(email: string): Html {
  const address = encodeURIComponent(email).replace('%40', '@')
  return html`<a href="mailto:${address}" dir="ltr">${email}</a>`
}

/** The host of an address, as the browser's address bar shows it. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}

/** The same for reading letter by letter. It runs from left to right in every language. */
export function domain(url: string): Html {
  return html`<strong class="domain" dir="ltr">${hostOf(url)}</strong>`
}

/** A text that is the same in every language: a certification number, the code of an exam. */
export function code(text: string): Html {
  return html`<bdi class="number">${text}</bdi>`
}

/**
 * A picture with its space reserved, so that the page does not move when it loads. `size` is its side in CSS pixels;
 * with a choice, the browser loads the width that it needs.
 */
export function picture(url: string, alt: string, size: number, choice?: Choice): Html {
  const address = webAddress(url)
  if (address === undefined) return new Html('')
  if (choice)
    return html`<img class="picture" src="${address}" srcset="${widthsAt(address, choice)}" sizes="${choice.sizes}" alt="${alt}" width="${size}" height="${size}">`
  return html`<img class="picture" src="${address}" alt="${alt}" width="${size}" height="${size}">`
}

/** How to ask for a badge's page in another language. A share link's secret must go along. */
export function againFor({ links }: { links: { page: string } }) {
  const share = new URL(links.page).searchParams.get('share')
  return share === null ? {} : { query: { share } }
}
