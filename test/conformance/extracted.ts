import { type SampleChunk, split } from '../baking/sample-files.ts'

type Picture = { png: Buffer } | { svg: string }
type Keyword = 'openbadges' | 'openbadgecredential'

/** The text chunks of a PNG under a keyword, compressed and legacy ones too. */
export function textChunks(png: Buffer, keyword: Keyword): SampleChunk[] {
  return split(png).filter(
    ({ type, data }) =>
      ['iTXt', 'tEXt', 'zTXt'].includes(type) &&
      data.toString('latin1', 0, data.indexOf(0)) === keyword,
  )
}

const elements = {
  openbadges: ['http://openbadges.org', 'assertion'],
  openbadgecredential: ['https://purl.imsglobal.org/ob/v3p0', 'credential'],
} as const

/** The badge text of a picture as a verifier finds it, by these few lines and not by ours (conformance 5.12). */
export function textIn(picture: Picture, keyword: Keyword): string | undefined {
  if ('png' in picture) {
    const data = textChunks(picture.png, keyword).find(({ type }) => type === 'iTXt')?.data
    // Keyword, NUL, flag, method, language, NUL, translated keyword, NUL; the last four are single NULs in ours.
    return data?.toString('utf8', keyword.length + 5)
  }
  const [namespace, name] = elements[keyword]
  if (!picture.svg.includes(`xmlns:openbadges="${namespace}"`)) return undefined
  const element = new RegExp(
    `<openbadges:${name}(?: verify="([^"]*)")?(?:/>|><!\\[CDATA\\[(.*?)\\]\\]></openbadges:${name}>)`,
    's',
  ).exec(picture.svg)
  return element?.[1] ?? element?.[2]
}
