import { mock } from 'node:test'
import type { Test } from 'tap'
import { contexts } from '../../../schemas/contexts/catalog.ts'
import schema from '../../../schemas/openbadges-3.0/ob_v3p0_achievementcredential_schema.json' with {
  type: 'json',
}
import { get, publicUrl, type Started } from '../../help/start.ts'
import type { Json } from '../served.ts'

/** A JSON-LD loader that finds our documents in the running app and contexts in the catalogue, and throws on all else. */
export function documentLoader(started: Started) {
  return async (url: string) => {
    const document = contexts.get(url) ?? (await ours(started, url))
    return { contextUrl: null, documentUrl: url, document }
  }
}

async function ours(started: Started, url: string): Promise<Json> {
  if (url.startsWith(`${publicUrl}/`)) return answered(started, url)
  const did = `did:web:${new URL(publicUrl).host}`
  if (url.split('#')[0] !== did) throw new Error(`${url} is not to be loaded`)
  const document = await answered(started, `${publicUrl}/.well-known/did.json`)
  if (url === did) return document
  const method = document.verificationMethod.find(({ id }: Json) => id === url)
  if (!method) throw new Error(`${url} is no key of ${did}`)
  return { '@context': document['@context'], ...method }
}

/** The JSON at an address of ours; throws on any other address, and on any answer but 200. */
export async function answered(started: Started, url: string): Promise<Json> {
  if (!url.startsWith(`${publicUrl}/`)) throw new Error(`${url} is somebody else’s`)
  const answer = await get(started, url)
  if (answer.statusCode !== 200) throw new Error(`${url} answers ${answer.statusCode}`)
  return answer.json()
}

/** Sets the clock of the app, and the clock that libraries read, until the test ends. */
export function setTime(t: Test, { clock }: Started, instant: string) {
  clock.set(instant)
  mock.timers.reset()
  mock.timers.enable({ apis: ['Date'], now: Date.parse(instant) })
  t.teardown(() => mock.timers.reset())
}

/**
 * Answers every `fetch` of this process from the running app, contexts and the official schema from our copies. Whatever
 * else is asked for is noted and fails as an unreachable host does.
 */
export function replaceFetch(t: Test, current: () => Started): string[] {
  const strange: string[] = []
  const network = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const known = contexts.get(request.url) ?? (request.url === schema.$id ? schema : undefined)
    if (known) return Response.json(known)
    if (!request.url.startsWith(`${publicUrl}/`)) {
      strange.push(request.url)
      throw new TypeError('fetch failed')
    }
    const answer = await get(current(), request.url, Object.fromEntries(request.headers))
    const headers = { 'content-type': String(answer.headers['content-type']) }
    return new Response(answer.body, { status: answer.statusCode, headers })
  }
  t.teardown(() => {
    globalThis.fetch = network
  })
  return strange
}
