/** The widths of a picture that a browser may choose from, in pixels, and how wide our styles show it. */
export type Choice = { widths: number[]; sizes: string }

/** Beside the name at the head of a page. */
export const inPortrait: Choice = {
  widths: [400, 600],
  sizes: '(min-width: 52rem) 18rem, 7rem',
}
/**
 * Among all achievements. On a phone the styles show it at 6 rem, and a browser that believes in 4 takes two pixels for
 * each of CSS where the screen has three: more would weigh more than the rest of the page.
 */
export const inTile: Choice = { widths: [192, 400], sizes: '(width >= 40rem) 12.5rem, 4rem' }

/** The addresses of a picture's widths, as `srcset` lists them. Another picture is the same in every width. */
export function widthsAt(address: string, { widths }: Choice): string {
  const { pathname, search } = new URL(address)
  const path = pathname + search // A page has the origin often enough.
  return widths.map((width) => `${inWidth(path, width)} ${width}w`).join(', ')
}

/** The address of the same picture in another width, in pixels: for places that are small on every screen. */
export function inWidth(address: string, width: number): string {
  return address.replace(/\/picture\.png(?=\?|$)/, `/picture-${width}.png`)
}
