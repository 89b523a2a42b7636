import type proxyAddr from '@fastify/proxy-addr'
import type { FastifyRequest } from 'fastify'
import { networkOf } from '../access/proxies.ts'
import type { App } from './tools.ts'

/**
 * Warns once in the log when an untrusted sender forwards a request: behind such a proxy all callers share one limit.
 * Logs only the sender's network, and nothing of the header: both may be personal data.
 */
export function warnOfUntrustedForwarders(app: App, trusts: ReturnType<typeof proxyAddr.compile>) {
  let warned = false
  const isNews = ({ headers, socket }: FastifyRequest) => {
    const forwarded = headers['x-forwarded-for'] ?? headers.forwarded
    return !warned && forwarded !== undefined && !trusts(socket.remoteAddress ?? '', 0)
  }
  app.addHook('onRequest', (request, _reply, done) => {
    if (isNews(request)) warn(request.socket.remoteAddress ?? '')
    done()
  })
  const warn = (sender: string) => {
    warned = true
    app.log.warn(
      { network: networkOf(sender) },
      'an untrusted address forwarded a request, so all requests from there count as one caller. If it is your proxy, name it in TRUSTED_PROXIES (docs/proxies.md). This warning appears once',
    )
  }
}
