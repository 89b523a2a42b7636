import type { Verdict } from '../schemas/verdict.ts'
import { bakeSide, decodeAndEncodeSide } from './bake.ts'
import { bulkOverHttp, pagesAtWorst } from './bulk.ts'
import { type Reply, request } from './connection.ts'
import { issueSide, verifySide } from './digitalbazaar.ts'
import { answers, load, type Question } from './load.ts'
import type { Side, Work } from './pairs.ts'
import { inTurn } from './repeat.ts'
import { passing, type Served, takeSamples } from './samples.ts'
import { type Blazon, nextMessage, type Scene } from './scene.ts'

/** Every row of the table, ready to be measured. Floors and goals are those of the design's performance page. */
export async function works({ blazon, serveBytes }: Scene): Promise<Work[]> {
  const { badges, list, hidden, artwork, did } = await takeSamples(blazon, 16)
  const served = badges.flatMap(({ assertion, png, credential }) => [assertion, png, credential])
  const bare = await serveBytes(new Map([list, ...served].map((each) => [each.path, each])))
  const forms = ['assertion', 'credential', 'png', 'page'] as const
  const [assertions, signed, pngs, pages] = forms.map((form) =>
    badges.map((badge) => badge[form]),
  ) as [Served[], Served[], Served[], Served[]]
  const credentials = signed.map(({ bytes }) => JSON.parse(bytes.toString()) as object)
  const pictures = pngs.map(({ bytes }) => bytes)
  const issuing = await issueSide(credentials, did)
  const verifying = verifySide(credentials, did)
  const issue = (connections: number, aims: { floor?: number; goal?: number } = {}): Work => ({
    name: `one result over HTTP, ${connections} connection${connections > 1 ? 's' : ''}`,
    yardstick: '@digitalbazaar/vc issue',
    ...aims,
    sides: { ours: issueOverHttp(blazon, connections), theirs: issuing },
  })
  return [
    issue(1, { floor: 3, goal: 8 }),
    issue(4, { floor: 6, goal: 14 }),
    issue(16, { floor: 10, goal: 26 }),
    {
      name: 'bulk results over HTTP',
      yardstick: '@digitalbazaar/vc issue',
      floor: 20,
      goal: 65,
      sides: { ours: bulkOverHttp(blazon), theirs: issuing },
    },
    {
      name: 'badge page during bulk results, 99 of 100',
      yardstick: 'the same without them',
      floor: 0.33,
      goal: 0.5,
      sides: {
        ours: pagesAtWorst(blazon, { next: nextOf(pages, { slack: 32 }), importing: true }),
        theirs: pagesAtWorst(blazon, { next: nextOf(pages, { slack: 32 }), importing: false }),
      },
    },
    {
      name: 'hosted assertion JSON',
      yardstick: 'bare node:http, same bytes',
      floor: 0.6,
      goal: 0.8,
      sides: { ours: serving(blazon.port, assertions), theirs: serving(bare, assertions) },
    },
    {
      name: 'credential JSON',
      yardstick: 'bare node:http, same bytes',
      floor: 0.6,
      goal: 0.8,
      sides: { ours: serving(blazon.port, signed), theirs: serving(bare, signed) },
    },
    {
      name: 'status list',
      yardstick: 'bare node:http, same bytes',
      floor: 0.6,
      goal: 0.8,
      // It is signed again every few minutes; a signature may be a letter longer.
      sides: { ours: serving(blazon.port, [list], { slack: 4 }), theirs: serving(bare, [list]) },
    },
    {
      name: 'baked PNG',
      yardstick: 'bare node:http, same bytes',
      floor: 0.6,
      goal: 0.85,
      sides: { ours: serving(blazon.port, pngs), theirs: serving(bare, pngs) },
    },
    {
      name: 'verify our baked PNG over HTTP, 4 connections',
      yardstick: '@digitalbazaar/vc verifyCredential',
      floor: 15,
      goal: 25,
      sides: { ours: verifyOverHttp(blazon, pictures), theirs: verifying },
    },
    {
      name: 'verify our baked PNG in process',
      yardstick: '@digitalbazaar/vc verifyCredential',
      floor: 15,
      goal: 25,
      sides: { ours: verifyInProcess(blazon, pictures), theirs: verifying },
    },
    {
      name: 'bake one PNG',
      yardstick: 'pngjs decode + encode',
      floor: 200,
      goal: 1000,
      sides: { ours: bakeSide(artwork, pictures), theirs: decodeAndEncodeSide(artwork) },
    },
    {
      name: 'badge page (HTML)',
      yardstick: 'hosted JSON of the same badge',
      floor: 0.5,
      goal: 0.8,
      // The page prints when it was checked, so its length may vary by some letters.
      sides: {
        ours: serving(blazon.port, pages, { slack: 32 }),
        theirs: serving(blazon.port, assertions),
      },
    },
    {
      name: 'not found: a private badge',
      yardstick: 'hosted JSON of a public badge',
      floor: 0.8,
      goal: 0.95,
      sides: {
        ours: serving(blazon.port, hidden, { status: 404 }),
        theirs: serving(blazon.port, assertions),
      },
    },
  ]
}

/** Results of new candidates, over so many connections. */
export function issueOverHttp(blazon: Blazon, connections: number): Side {
  const { port } = blazon
  return (milliseconds) => load(milliseconds, { port, connections, next: () => passing(blazon) })
}

/** Requests for these in turn, over 16 connections. */
export function serving(port: number, all: Served[], given: Expected = {}): Side {
  const next = nextOf(all, given)
  return (milliseconds) => load(milliseconds, { port, connections: 16, next })
}

type Expected = { status?: number; slack?: number; headers?: Record<string, string> }

function nextOf(all: Served[], { status = 200, slack = 0, headers = {} }: Expected) {
  const questions = all.map(({ path, type, bytes }) => ({
    bytes: request(path, { headers: { accept: type, ...headers } }),
    check: answers({ status, length: bytes.length, slack }),
  }))
  return (turn: number) => inTurn(questions, turn)
}

/** Each request is of another caller, as a proxy would name it: one caller may ask a few times a second only. */
export function verifyOverHttp({ port }: Blazon, pngs: Buffer[]): Side {
  const next = (turn: number): Question => {
    const headers = {
      'content-type': 'image/png',
      'x-forwarded-for': `198.18.${(turn >> 8) & 255}.${turn & 255}`,
    }
    const body = inTurn(pngs, turn)
    return { bytes: request('/v1/verify', { method: 'POST', headers, body }), check: isValid }
  }
  return (milliseconds) => load(milliseconds, { port, connections: 4, next })
}

function isValid({ status, body }: Reply) {
  const { verdict } = JSON.parse(body().toString()) as Verdict
  if (status !== 200 || verdict !== 'valid')
    throw new Error(`our own badge verifies as ${verdict}, with ${status}`)
}

function verifyInProcess({ child }: Blazon, pngs: Buffer[]): Side {
  return async (milliseconds) => {
    const answer = nextMessage<{ rate: number }>(child)
    child.send({ pngs, milliseconds })
    return (await answer).rate
  }
}
