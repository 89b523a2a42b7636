import { type Html, html } from './html.ts'

/** The widths of a picture that a browser may choose from, in pixels, and how wide our styles show it. */
export type Choice = { widths: number[]; sizes: string }

/** Beside the name at the head of a page. */
export const inPortrait: Choice = {
  widths: [400, 600],
  sizes: '(min-width: 52rem) 18rem, 7rem',
}
/** In a list of badges. */
export const inCard: Choice = { widths: [96, 192, 400], sizes: '(min-width: 52rem) 7rem, 5rem' }
/** Among all achievements: more pixels for each would weigh more than the rest of the page. */
export const inTile: Choice = { widths: [192, 400], sizes: '12.5rem' }

/** The attributes for a picture that has other widths beside it. None for any other address. */
export function choiceFor(address: string, { widths, sizes }: Choice): Html | undefined {
  if (!plain.test(address)) return undefined
  const { pathname, search } = new URL(address)
  const path = pathname + search // A page has the origin often enough.
  const all = widths.map((width) => `${inWidth(path, width)} ${width}w`)
  return html` srcset="${all.join(', ')}" sizes="${sizes}"`
}

const plain = /\/picture\.png(?=\?|$)/

/** The address of the same picture in another width, in pixels. */
export function inWidth(address: string, width: number): string {
  return address.replace(plain, `/picture-${width}.png`)
}
