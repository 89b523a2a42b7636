import { type RibbonWord, ribbonLettering } from './ribbon-lettering.ts'

/**
 * A band across the foot of a 600 × 600 picture, with the word. The band is the same for both words and ends inside the
 * picture, so the artwork stays recognisable. White on its brown has a contrast of 7 : 1, readable at 96 pixels.
 */
export function ribbonDrawing(word: 'Expired' | 'Under review'): string {
  return drawing(`
    <rect x="20" y="498" width="560" height="98" rx="18" fill="#fffaf0"/>
    <rect x="28" y="506" width="544" height="82" rx="12" fill="#7a4a00"/>
    ${line(ribbonLettering[word], 547, 46, '#ffffff')}`)
}

/** A grey seal that says "No longer valid". */
export const revokedDrawing: string = drawing(`
    <circle cx="300" cy="300" r="276" fill="#e4e3e0"/>
    <circle cx="300" cy="300" r="246" fill="none" stroke="#8b8a86" stroke-width="8"/>
    ${line(ribbonLettering['No longer'], 258, 58, '#55544f')}
    ${line(ribbonLettering.valid, 352, 58, '#55544f')}`)

/** An empty grey outline. */
export const notFoundDrawing: string = drawing(`
    <circle cx="300" cy="300" r="276" fill="#efeeeb"/>
    <circle cx="300" cy="300" r="240" fill="none" stroke="#b9b8b3" stroke-width="16" stroke-dasharray="52 48.53"/>
    <path d="M230 300H370" stroke="#8b8a86" stroke-width="28" stroke-linecap="round"/>`)

/** One word in the middle of the picture. Its capitals are centred on `middle` and `height` high. */
function line({ width, outline }: RibbonWord, middle: number, height: number, colour: string) {
  const scale = height / 100
  const left = 300 - (width * scale) / 2
  return `<path transform="translate(${left.toFixed(2)} ${middle + height / 2}) scale(${scale})" fill="${colour}" d="${outline}"/>`
}

function drawing(content: string) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600" viewBox="0 0 600 600">${content}</svg>`
}
