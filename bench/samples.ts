import type { IntakeAnswer } from '../schemas/badge.ts'
import { openConnection, type Reply, request } from './connection.ts'
import type { DidDocument } from './digitalbazaar.ts'
import { answers, type Question } from './load.ts'
import type { Blazon } from './scene.ts'

/** One public badge, and what Blazon answers at its addresses. */
export type Sample = { page: Served; assertion: Served; png: Served; credential: Served }
export type Served = { path: string; type: string; bytes: Buffer }
export type Samples = {
  badges: Sample[]
  /** The status list that the badges are in. */
  list: Served
  /** The assertions of private badges, which are answered as if there were none. */
  hidden: Served[]
  artwork: Buffer
  did: DidDocument
}

type Signed = { credentialStatus: { statusListCredential: string } }

const day = 86_400_000
let results = 0
/** No other run has these results, on a database that is kept. */
const run = Date.now().toString(36)

/** A pass that mints a badge, yesterday: each of a new result and candidate. */
export function newPass(): object {
  results += 1
  const now = Date.now()
  return {
    source: 'webassessor',
    resultId: `R-bench-${run}-${results}`,
    revision: 1,
    exam: 'PR000001',
    outcome: 'passed',
    score: '812',
    startedAt: new Date(now - day - 3_600_000).toISOString(),
    endedAt: new Date(now - day).toISOString(),
    released: true,
    candidate: {
      id: `C-bench-${run}-${results}`,
      fullName: '张伟',
      latinName: 'Zhang Wei',
      email: `candidate-${run}-${results}@example.com`,
      locale: 'zh-CN',
    },
  }
}

/** A request that sends such a pass. */
export function passing({ key }: Blazon): Question {
  const bytes = request('/v1/exam-results', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(newPass()),
  })
  return { bytes, check: (reply) => void minted(reply) }
}

function minted(reply: Reply) {
  const answer = JSON.parse(reply.body().toString()) as IntakeAnswer
  if (reply.status === 201 && answer.result.state === 'issued' && answer.badge) return answer.badge
  throw new Error(`no badge was minted: ${reply.status} ${JSON.stringify(answer)}`)
}

/** Issues some badges, makes them public, and fetches once everything that will be requested. */
export async function takeSamples(blazon: Blazon, count: number): Promise<Samples> {
  const { ask, close } = await openConnection(blazon.port)
  const get = async (address: string, type: string, status = 200) => {
    const path = address.replace(/^https:\/\/[^/]+/, '')
    const reply = await ask(request(path, { headers: { accept: type } }))
    answers({ status, length: reply.length })(reply)
    return { path, type, bytes: reply.body() }
  }
  const sample = async (): Promise<[Sample, string]> => {
    const { id, links } = minted(await ask(passing(blazon).bytes))
    const shown = await ask(
      request(`/v1/badges/${id}/privacy`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${blazon.key}`, 'content-type': 'application/json' },
        body: '{"visibility":"public"}',
      }),
    )
    answers({ status: 200, length: shown.length })(shown)
    const badge = {
      page: await get(links.page, 'text/html'),
      assertion: await get(links.assertion, 'application/ld+json'),
      png: await get(links.bakedPng, 'image/png'),
      credential: await get(links.credential, 'application/vc+ld+json'),
    }
    return [badge, links.image]
  }
  const made: [Sample, string][] = []
  for (let each = 0; each < count; each += 1) made.push(await sample())
  const [first] = made.map(([badge]) => JSON.parse(badge.credential.bytes.toString()) as Signed)
  const list = await get(
    first?.credentialStatus.statusListCredential ?? '',
    'application/vc+ld+json',
  )
  const hidden: Served[] = []
  for (let each = 0; each < count; each += 1) {
    const { links } = minted(await ask(passing(blazon).bytes))
    hidden.push(await get(links.assertion, 'application/ld+json', 404))
  }
  const artwork = await get(made[0]?.[1] ?? '', 'image/png')
  const did = await get('/.well-known/did.json', 'application/json')
  close()
  return {
    badges: made.map(([badge]) => badge),
    list,
    hidden,
    artwork: artwork.bytes,
    did: JSON.parse(did.bytes.toString()) as DidDocument,
  }
}
