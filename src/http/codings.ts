import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { latestUsed } from '../domain/work/latest-used.ts'
import { readRange, remembered } from './negotiation.ts'

export type Coding = 'br' | 'gzip' | 'identity'

/**
 * The content coding for an `Accept-Encoding` header (RFC 9110, 12.5.3): the most wanted of ours, and of equals the one
 * that makes the smallest body. Without the header, none: not every client that sends none can decode.
 */
export const codingFor = remembered(decideCoding)

function decideCoding(accepted: string | undefined): Coding {
  const known = new Map((accepted ?? '').split(',').map(readRange))
  const rest = known.get('*')
  const wanted = (['br', 'gzip'] as const)
    .map((coding) => ({ coding, quality: known.get(coding) ?? rest ?? 0 }))
    .filter(({ quality }) => quality > 0)
    .toSorted((one, other) => other.quality - one.quality)
  const [best] = wanted
  // Unless it is named, identity is acceptable, but nobody's wish.
  return best && best.quality >= (known.get('identity') ?? 0) ? best.coding : 'identity'
}

const codable =
  /^(text\/(html|css|javascript)|application\/([\w.+-]+\+)?json|application\/vc|image\/svg\+xml)(;|$)/

/** Whether a media type is text that compresses well. */
export function isCodable(type: string): boolean {
  return codable.test(type)
}

type Plain = { body: string | Buffer; tag: string; isLasting: boolean }

const mostCoded = 200
const coded = latestUsed<Promise<Buffer | undefined>>(mostCoded)

/**
 * A body in a coding, made once for each tag, beside the event loop; undefined when that saves nothing. What lasts is made
 * as small as can be, unless that takes seconds.
 */
export function encode(coding: Exclude<Coding, 'identity'>, plain: Plain) {
  const name = `${coding} ${plain.tag}`
  const known = coded.get(name)
  if (known) return known
  const made = compress(coding, plain)
  coded.set(name, made)
  return made
}

async function compress(coding: Coding, { body, isLasting }: Plain): Promise<Buffer | undefined> {
  const bytes = Buffer.from(body as string)
  const quality = isLasting && bytes.length < 65_536 ? constants.BROTLI_MAX_QUALITY : 5
  const small =
    coding === 'br'
      ? await brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })
      : await promisify(gzip)(bytes)
  return small.length < bytes.length ? small : undefined
}

const brotli = promisify(brotliCompress)
