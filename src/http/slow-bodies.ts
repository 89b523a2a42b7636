import type { IncomingMessage } from 'node:http'
import type { App } from './tools.ts'

/** How long a body may take to arrive, and a connection may stand still, in milliseconds. */
export const patience = 30_000

const timers = new WeakMap<IncomingMessage, NodeJS.Timeout>()

/** Ends connections whose body does not arrive in time: a slow client must not hold them. */
export function endSlowBodies(app: App): void {
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    if ('content-length' in raw.headers || 'transfer-encoding' in raw.headers) limit(raw)
    done()
  })
}

function limit(request: IncomingMessage) {
  const timer = setTimeout(() => request.destroy(), patience).unref()
  timers.set(request, timer)
  request.once('close', () => clearTimeout(timer))
}

/** Lets a body take any time, as long as something moves on its connection. */
export function waitForParts(request: IncomingMessage): void {
  clearTimeout(timers.get(request))
}
