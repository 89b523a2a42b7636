import { setMaxListeners } from 'node:events'
import { addAbortSignal, Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ReportRow } from '../../schemas/import-report.ts'
import { importText } from '../actions/intake/import-text.ts'
import { numberRows } from '../actions/intake/number-revisions.ts'
import type { Actor } from '../actions/tools/tools.ts'
import { fileRows, type RowFormat } from '../adapters/file-rows.ts'
import { type ReportFormat, reportText } from '../adapters/report.ts'
import { textParts } from '../adapters/text.ts'
import { wholeText } from '../adapters/text-window.ts'
import { Problem } from '../problem.ts'
import { charsetOf, contentType, fileLimit, fileTextOf } from './bodies.ts'
import { wish } from './negotiation.ts'
import { waitForParts } from './slow-bodies.ts'
import type { App, HttpTools } from './tools.ts'

/** Lets bodies of these media types pass unread: `takeRows` reads them. */
export function takeStreams(app: App, types: string[]): void {
  for (const type of types)
    app.addContentTypeParser(type, (_request, payload, done) => done(null, payload))
}

/** A signal that is given when the app closes, since a body of any length may never end. */
export function endStreamsAtClose(app: App): { signal: AbortSignal } {
  const closing = new AbortController()
  setMaxListeners(0, closing.signal) // Each body that arrives listens.
  app.addHook('preClose', async () => closing.abort())
  return closing
}

/**
 * The body of a request with rows. One that says that it is no larger than 10 MiB is read as a whole; any other arrives
 * in parts, without a limit, until the signal. Throws `too-large` for one that `must` be read as a whole and is larger.
 */
export async function takeRows(
  { body, headers, raw }: FastifyRequest,
  { must, signal }: { must: boolean; signal: AbortSignal },
): Promise<Buffer | Readable> {
  if (!(body instanceof Readable)) return Buffer.alloc(0)
  const isLarge = Number(headers['content-length'] ?? 0) > fileLimit
  if (must && isLarge) throw tooLarge()
  if (must || (!isLarge && !('transfer-encoding' in headers))) return readWhole(body)
  waitForParts(raw)
  return addAbortSignal(signal, body)
}

async function readWhole(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of stream) {
    size += part.length
    if (size > fileLimit) throw tooLarge()
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function tooLarge() {
  return new Problem(
    'too-large/body-too-large',
    `The body is larger than the ${fileLimit} bytes that this address takes with a signature. Split it, and send the parts one after another, or send it with an API key, for which there is no limit.`,
  )
}

/** A text of so many characters is imported on a thread of its own, so that others are served meanwhile. */
const large = 65_536

type Sent = {
  body: Buffer | Readable
  format: RowFormat
  actor: Actor
  /** What the body should be, when it is empty. */
  send: string
  /** The encoding of the mapping file. */
  encoding?: string | undefined
  /** Whether rows without a revision continue those on record. */
  isNumbered?: boolean
  signal?: AbortSignal
}

/**
 * Imports the rows of a body. Of a body that is there as a whole, all rows are looked through first, so that a file
 * which cannot be read to its end is refused as a whole.
 */
export async function importBody(
  tools: HttpTools,
  request: FastifyRequest,
  { body, send, encoding, isNumbered, ...rest }: Sent,
): Promise<AsyncGenerator<ReportRow[]>> {
  const what = 'The body'
  if (body instanceof Readable) {
    const parts = textParts(body, what, charsetOf(request, encoding))
    return tools.imports.run(tools, { parts, what, ...rest })
  }
  const text = fileTextOf(request, body, { send, encoding })
  const given = { now: tools.now, what }
  const rows = await Array.fromAsync(fileRows(wholeText(text), rest.format, given))
  const revisions = isNumbered ? numberRows(rows.map((read) => read())) : undefined
  const parts = Readable.from([text])[Symbol.asyncIterator]()
  const run = text.length > large ? tools.imports.run : importText
  return run(tools, { parts, what, revisions, ...rest })
}

const types = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
  json: 'application/json',
} satisfies Record<ReportFormat, string>
const answered = { ...types, csv: 'text/csv; charset=utf-8; header=present' }

/**
 * Answers rows as they are handled, in the format of the body unless the client prefers another. Throws what the first
 * of them throws, as long as nothing is answered.
 */
export async function answerRows(
  request: FastifyRequest,
  reply: FastifyReply,
  outcomes: AsyncGenerator<ReportRow[]>,
): Promise<FastifyReply> {
  const first = await outcomes.next()
  const format = formatOf(request)
  const all = async function* () {
    if (!first.done) yield first.value
    yield* outcomes
  }
  return reply
    .header('cache-control', 'no-store')
    .header('vary', 'Accept')
    .type(answered[format])
    .send(Readable.from(reportText(all(), format), { objectMode: false }))
}

function formatOf(request: FastifyRequest): ReportFormat {
  const sent = contentType(request) === types.csv ? 'csv' : 'ndjson'
  const formats = [...new Set([sent, 'json', 'ndjson', 'csv'] as const)]
  const [best = sent] = formats
    .map((format) => ({ format, ...wish(request.headers.accept, types[format]) }))
    .toSorted((one, other) => other.quality - one.quality)
    .map(({ format }) => format)
  return best
}
