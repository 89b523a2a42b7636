import type { IncomingMessage, RequestListener } from 'node:http'
import findMyWay, { type HTTPVersion } from 'find-my-way'
import { nameMoment } from '../../actions/showing/name-moment.ts'
import { type LatestUsed, latestUsed } from '../../domain/work/latest-used.ts'
import type { App, HttpTools } from '../tools.ts'
import { type Kept, type KeptAnswers, sendAgain, sizeOf } from './kept-answers.ts'
import { isPlain, type NameAnswer } from './quick-answers.ts'

type Options = {
  answers: KeptAnswers
  /** Takes note of a request that Fastify does not see. */
  note: (request: IncomingMessage) => void
}

/** A route that names its answers, by its pattern. */
type Door = { route: string; nameAnswer: NameAnswer }

/** A kept answer, and the route that it is of. */
type Found = { route: string; kept: Kept }

/**
 * Sends kept answers before Fastify begins to work on a request, which costs more than the answer. All other requests go
 * on to Fastify, and its hook `answerQuickly`. Open it before the routes are registered.
 */
export function openFrontDoor(app: App, tools: HttpTools, { answers, note }: Options) {
  const doors = doorsOf(app)
  const known = rememberForAMoment(tools)
  const isClosing = closing(app)

  const find = async ({ headers, url = '' }: IncomingMessage): Promise<Found | undefined> => {
    const found = doors.find('GET', url)
    if (!found) return undefined
    const { route, nameAnswer } = found.store as Door
    const named = await nameAnswer({ params: found.params, headers, query: {} })
    const kept = named && answers.find(named.name, headers)
    return kept && { route, kept }
  }

  const [toFastify] = app.server.listeners('request') as RequestListener[]
  app.server.removeAllListeners('request').on('request', (request, response) => {
    const begun = performance.now()
    const pass = () => toFastify?.(request, response)
    const send = ({ route, kept }: Found) => {
      note(request)
      sendAgain(response, kept)
      const seconds = (performance.now() - begun) / 1000
      tools.metrics.answered({ method: 'GET', route, status: kept.status, seconds })
    }
    if (isClosing() || !isPlain(request)) return pass()
    const question = questionOf(request)
    const present = known()
    const again = present.get(question)
    if (again) return send(again)
    find(request).then((found) => {
      if (!found) return pass()
      present.set(question, found)
      send(found)
    }, pass)
  })
}

/** Finds the routes that name their answers, as Fastify does. */
function doorsOf(app: App) {
  const doors = findMyWay<HTTPVersion.V1>({ maxParamLength: 200 })
  app.addHook('onRoute', ({ method, url, config }) => {
    const { nameAnswer } = config ?? {}
    if (nameAnswer && method === 'GET') doors.on('GET', url, () => {}, { route: url, nameAnswer })
  })
  return doors
}

/** So many bytes are remembered at most, counting each question as long as Node reads heads. */
const mostKnown = 16 * 2 ** 20
const longestQuestion = 16_384

/**
 * What was found for questions of the present moment, which asks nobody. A moment that has ended is forgotten; so is what
 * was looked up in it and is found later.
 */
function rememberForAMoment(tools: HttpTools): () => LatestUsed<Found> {
  const none = () => latestUsed<Found>(mostKnown, ({ kept }) => sizeOf(kept) + longestQuestion)
  let moment: string | undefined
  let known = none()
  return () => {
    const present = nameMoment(tools)
    if (present === undefined || present !== moment) known = none()
    moment = present
    return known
  }
}

/** All that the answer to a plain request may depend on. */
function questionOf({ url, headers }: IncomingMessage): string {
  const { accept, 'accept-language': language, 'accept-encoding': coding } = headers
  return `${accept}\n${language}\n${coding}\n${headers['if-none-match']}\n${url}`
}

/** A server that closes turns requests away, which is Fastify's to say. */
function closing(app: App): () => boolean {
  let isClosing = false
  app.addHook('preClose', (done) => {
    isClosing = true
    done()
  })
  return () => isClosing
}
