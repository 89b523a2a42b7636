import { inspectJson } from '../../../../schemas/inspect-json.ts'
import { ProblemDocument } from '../../../../schemas/problem.ts'
import { Verdict } from '../../../../schemas/verdict.ts'
import { type FileType, verifyAddress, verifyFile } from '../../../actions/showing/verify-badge.ts'
import { longestAddress } from '../../../domain/badge/badge-address.ts'
import { Problem } from '../../../problem.ts'
import { callerOf, limitCallers, manyBadges } from '../../limits.ts'
import type { App, HttpTools } from '../../tools.ts'

const fileTypes = {
  'image/png': 'png',
  'image/svg+xml': 'svg',
  'application/json': 'json',
  'application/ld+json': 'json',
  'application/vc+ld+json': 'json',
  'application/vc': 'json',
  'application/vc+json': 'json',
  'text/plain': 'text',
  'application/jwt': 'text',
  'application/vc+jwt': 'text',
} as const

/** Verification, open to all callers. */
export async function verifyRoutes(app: App, tools: HttpTools) {
  await limitCallers(app)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(Object.keys(fileTypes), { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  app.post(
    '/v1/verify',
    {
      bodyLimit: 8 * 1024 * 1024,
      config: manyBadges,
      validatorCompiler: () => () => true,
      schema: {
        tags: ['Verification'],
        summary: 'Verify a badge',
        description: `Send a baked PNG or SVG, a credential's JSON, a JWS or JWT as text, or \`{ "url": "…" }\` (or text) with the address of a badge. Content types: ${Object.keys(fileTypes).join(', ')}.`,
        response: { 200: Verdict, '4xx': ProblemDocument, 503: ProblemDocument },
      },
    },
    async (request, reply) => {
      const body = request.body as Buffer | undefined
      if (!Buffer.isBuffer(body) || body.length === 0)
        throw new Problem(
          'malformed/empty-body',
          'The body is empty; send a badge file, or { "url": … } as JSON.',
        )
      const type = fileTypes[contentType(request.headers['content-type'])]
      const address = readAddress(body, type)
      const verdict =
        address === undefined
          ? await verifyFile(tools, { bytes: body, type, caller: callerOf(request) })
          : await verifyAddress(tools, { address, caller: callerOf(request) })
      return reply.header('cache-control', 'no-store').send(verdict)
    },
  )
}

function contentType(header: string | undefined) {
  return (header ?? '').split(';')[0]?.trim().toLowerCase() as keyof typeof fileTypes
}

/** The address in `{ "url": … }`, or alone as text. Undefined when the body is a badge itself. */
function readAddress(body: Buffer, type: FileType): string | undefined {
  // A longer body is not an address, and parsing it would block this thread.
  if (body.length > longestAddress) return undefined
  if (type === 'text') {
    const text = body.toString('utf8').trim()
    return /^https?:\/\/\S+$/.test(text) ? text : undefined
  }
  if (type !== 'json') return undefined
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    return undefined // The verifier judges a broken badge file like any other.
  }
  if (value === null || typeof value !== 'object' || !('url' in value) || 'type' in value)
    return undefined
  if (hasTwice(body.toString('utf8')))
    throw new Problem('invalid/body-invalid', 'The body has a mistake.', [
      {
        path: '/url',
        message: 'The body has a key twice in one object; send each once.',
        code: 'duplicate-key',
      },
    ])
  if (typeof value.url === 'string' && URL.canParse(value.url)) return value.url
  throw new Problem('invalid/body-invalid', 'The body has a mistake.', [
    {
      path: '/url',
      message: 'url must be the address of a badge, starting with https://',
      code: 'bad-format',
    },
  ])
}

function hasTwice(text: string): boolean {
  try {
    return inspectJson(text).repeated.length > 0
  } catch {
    return false // Nested too deeply: judged as a file.
  }
}
