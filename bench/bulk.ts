import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { createInterface } from 'node:readline/promises'
import type { ReportRow } from '../schemas/import-report.ts'
import { openConnection } from './connection.ts'
import type { Question } from './load.ts'
import type { Side } from './pairs.ts'
import { newPass } from './samples.ts'
import type { Blazon } from './scene.ts'

/** So many lines are sent at once, and at most twice as many wait for their answers. */
const part = 500

/** Streams passes over one connection for that long, and reads the answer meanwhile; the rate is of minted badges. */
export function bulkOverHttp(blazon: Blazon): Side {
  return async (milliseconds) => {
    const begun = performance.now()
    const minted = await sendPasses(blazon, () => performance.now() - begun > milliseconds)
    return (minted / (performance.now() - begun)) * 1000
  }
}

/**
 * Asks for pages over one connection for that long, and answers what would be the rate if each took as long as the
 * slowest hundredth; with `importing`, while passes are streamed.
 */
export function pagesAtWorst(
  blazon: Blazon,
  { next, importing }: { next: (turn: number) => Question; importing: boolean },
): Side {
  return async (milliseconds) => {
    let over = false
    const stream = importing ? sendPasses(blazon, () => over) : undefined
    const { ask, close } = await openConnection(blazon.port)
    const times: number[] = []
    const begun = performance.now()
    for (let turn = 0; performance.now() - begun < milliseconds; turn += 1) {
      const { bytes, check } = next(turn)
      const asked = performance.now()
      check(await ask(bytes))
      times.push(performance.now() - asked)
    }
    over = true
    close()
    await stream
    const worst = times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.99)]
    return 1000 / (worst ?? Number.NaN)
  }
}

/** Streams passes until it is over. Resolves with how many badges were minted, when the last is answered. */
export async function sendPasses({ port, key }: Blazon, isOver: () => boolean): Promise<number> {
  const sent = request({
    port,
    host: '127.0.0.1',
    path: '/v1/exam-results',
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
  })
  let written = 0
  const more = () => {
    if (isOver()) return void sent.end()
    written += part
    const lines = Array.from({ length: part }, () => `${JSON.stringify(newPass())}\n`)
    sent.write(lines.join(''))
  }
  more()
  more()
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  let minted = 0
  for await (const line of createInterface({ input: answer })) {
    const row = JSON.parse(line) as ReportRow
    if (row.outcome !== 'accepted' || row.state !== 'issued')
      throw new Error(`no badge was minted: ${line}`)
    minted += 1
    // Sockets buffer seconds of work: what is not answered yet stays small.
    if (!sent.writableEnded && minted > written - 2 * part) more()
  }
  return minted
}
