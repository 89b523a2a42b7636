import type { IncomingMessage } from 'node:http'
import type proxyAddr from '@fastify/proxy-addr'
import { networkOf } from '../access/proxies.ts'
import type { App } from './tools.ts'

/**
 * Warns once in the log when an untrusted sender forwards a request: behind such a proxy all callers share one limit.
 * Logs only the sender's network, and nothing of the header: both may be personal data. Answers what notes a request
 * that Fastify does not see.
 */
export function warnOfUntrustedForwarders(
  app: App,
  trusts: ReturnType<typeof proxyAddr.compile>,
): (request: IncomingMessage) => void {
  let warned = false
  const isNews = ({ headers, socket }: IncomingMessage) => {
    const forwarded = headers['x-forwarded-for'] ?? headers.forwarded
    return !warned && forwarded !== undefined && !trusts(socket.remoteAddress ?? '', 0)
  }
  const note = (request: IncomingMessage) => {
    if (isNews(request)) warn(request.socket.remoteAddress ?? '')
  }
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    note(raw)
    done()
  })
  const warn = (sender: string) => {
    warned = true
    app.log.warn(
      { network: networkOf(sender) },
      'an untrusted address forwarded a request, so all requests from there count as one caller. If it is your proxy, name it in TRUSTED_PROXIES (docs/proxies.md). This warning appears once',
    )
  }
  return note
}
