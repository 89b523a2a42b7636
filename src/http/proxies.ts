import type proxyAddr from '@fastify/proxy-addr'
import { networkOf } from '../access/proxies.ts'
import type { App } from './tools.ts'

/**
 * Tells the log once when a header says for whom a request is forwarded, and its sender is not trusted: behind such a proxy all callers
 * share their limits. Names the sender's network alone, and nothing of the header: both may be a person's.
 */
export function warnOfUntrustedForwarders(app: App, trusts: ReturnType<typeof proxyAddr.compile>) {
  let told = false
  app.addHook('onRequest', async ({ headers, socket }) => {
    const forwarded = headers['x-forwarded-for'] ?? headers.forwarded
    const sender = socket.remoteAddress ?? ''
    if (told || forwarded === undefined || trusts(sender, 0)) return
    told = true
    app.log.warn(
      { network: networkOf(sender) },
      'a forwarded request came from an address that is not trusted, so it counts as one caller with all that come from there. If that is your proxy, name it in TRUSTED_PROXIES (docs/proxies.md). This is said once',
    )
  })
}
