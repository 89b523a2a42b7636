import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import { latestUsed } from '../../domain/work/latest-used.ts'
import { codingFor, isCodable } from '../codings.ts'
import { hasCopy } from '../replies.ts'

/** A whole answer, as it was sent before: its headers as pairs in one list, and its body as `bodyOf` keeps it. */
export type Kept = {
  status: number
  headers: string[]
  etag: string | undefined
  body: string | Buffer
  /** Whether clients that take other codings may get other bytes. */
  isCodable: boolean
}

/** What a client says of the bytes that it has, and of those that it takes. */
type Takes = Pick<IncomingHttpHeaders, 'if-none-match' | 'accept-encoding'>

/** Answers by name, each as it was sent before. */
export type KeptAnswers = {
  /** The answer for a client, in its coding; without bytes, when it has them (RFC 9110, 13.1.2). */
  find: (name: string, takes: Takes) => Kept | undefined
  /** Keeps an answer that is being sent, if its kind may be sent again. */
  keep: (name: string, reply: FastifyReply, payload: unknown) => void
}

/** For the forms of some hundred badges with pictures, or of ten thousand without. */
const mostBytes = 32 * 2 ** 20

/** A bounded cache of answers. */
export function keepAnswers(): KeptAnswers {
  const answers = latestUsed<Kept>(mostBytes, sizeOf)
  return {
    find: (name, { 'if-none-match': tags, 'accept-encoding': accepted }) => {
      const coded = inCoding(name, accepted)
      const whole = answers.get(coded) ?? uncodable(answers.get(name))
      if (tags === undefined || whole?.status !== 200 || whole.etag === undefined) return whole
      return hasCopy(tags, whole.etag) ? answers.get(unchanged(coded)) : whole
    },
    keep: (name, reply, payload) => {
      const { statusCode: status } = reply
      const coded = inCoding(name, reply.request.headers['accept-encoding'])
      const isText = isCodable(String(reply.getHeader('content-type')))
      const kept = { ...headersOf(reply), status, isCodable: isText }
      if (status === 304) answers.set(unchanged(coded), { ...kept, body: '' })
      else if ((status === 200 || status === 404 || status === 410) && isBytes(payload)) {
        const headers = [...kept.headers, 'content-length', String(Buffer.byteLength(payload))]
        answers.set(isText ? coded : name, { ...kept, headers, body: bodyOf(payload) })
      }
    },
  }
}

/** Sends an answer once more. */
export function sendAgain(response: ServerResponse, { status, headers, body }: Kept) {
  response.writeHead(status, headers)
  if (typeof body === 'string') response.end(body, 'latin1')
  else response.end(body)
}

const unchanged = (name: string) => `304 ${name}`

/** The name of an answer for clients that take this coding. */
function inCoding(name: string, accepted: string | undefined): string {
  return accepted === undefined ? name : `${codingFor(accepted)} ${name}`
}

/** An answer that is the same for all clients, whatever codings they take. */
function uncodable(kept: Kept | undefined): Kept | undefined {
  return kept?.isCodable ? undefined : kept
}

/** The size of a kept answer, in bytes. */
export function sizeOf({ headers, body }: Kept): number {
  return headers.reduce((size, { length }) => size + length, body.length)
}

function isBytes(payload: unknown): payload is string | Buffer {
  return typeof payload === 'string' || Buffer.isBuffer(payload)
}

/** From here on, the copy that joins head and body costs more than a second write. */
const small = 16_384

/** Node sends a text of one byte a letter in one write with its head; bytes take a second one. */
function bodyOf(payload: string | Buffer): string | Buffer {
  const bytes = Buffer.from(payload as string)
  return bytes.length < small ? bytes.toString('latin1') : bytes
}

function headersOf(reply: FastifyReply): Pick<Kept, 'headers' | 'etag'> {
  const own = Object.entries(reply.getHeaders())
  const headers = own.flatMap(([name, value]) => [name, String(value)])
  const etag = reply.getHeader('etag')
  return { headers, etag: etag === undefined ? undefined : String(etag) }
}
