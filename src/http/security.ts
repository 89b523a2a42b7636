import { Problem } from '../problem.ts'
import type { App } from './tools.ts'

// Our pages run nothing, and fetch nothing from elsewhere; no site may frame them.
const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** For pages that other sites may frame: they run nothing and send no form. */
export const framePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *"

/** For pages with our script, which copies or shares an address. The page works without it. */
export const policyWithScript = `${contentSecurityPolicy}; script-src 'self'`

/** The headers of every answer. */
export const everywhere = {
  'content-security-policy': contentSecurityPolicy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'cross-origin',
  'access-control-allow-origin': '*',
}

/**
 * Sends the same headers with every answer, so that they reveal nothing. CORS is open: no answer depends on cookies
 * (conformance 2.9).
 */
export function secure(app: App) {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(everywhere)
    done()
  })
  app.addHook('preParsing', ({ headers }, _reply, body, done) => {
    const coding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
    if (coding === 'identity') return done(null, body)
    done(
      new Problem(
        'unsupported-type/compressed-body',
        'Compressed bodies are not taken; send the body as it is, without Content-Encoding.',
      ),
    )
  })
  app.options('/*', { schema: { hide: true } }, async (_request, reply) =>
    reply
      .status(204)
      .headers({
        'access-control-allow-methods': 'GET, HEAD, POST, OPTIONS',
        'access-control-allow-headers': 'Accept, Authorization, Content-Type',
        'access-control-max-age': '86400',
      })
      .send(),
  )
}
