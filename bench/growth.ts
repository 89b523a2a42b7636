import { DatabaseSync } from 'node:sqlite'
import { createApiKey } from '../src/actions/operating/create-api-key.ts'
import { readConfig } from '../src/config.ts'
import { openBlazon } from '../src/main.ts'
import { multipliedDatabase, multipliedSettings } from './multiplied.ts'
import type { Plan, Row } from './pairs.ts'
import { newPass } from './samples.ts'

/** What one more badge costs when so many are stored. */
export type Growth = { badges: number; microseconds: number; bytes: number }

/** Bytes on disk that a badge may take, with all its indexes. */
const mostBytes = 6 * 1024
const results = 100

/**
 * The processor time of a result, in process, and the bytes of a badge on disk, at each of these numbers of badges. The
 * databases take turns.
 */
export async function growth(numbers: number[], { pairs }: Plan): Promise<Growth[]> {
  const open = []
  for (const badges of numbers) {
    const file = await multipliedDatabase(badges)
    const { app, tools, close } = await openBlazon(readConfig(multipliedSettings(file)))
    const key = await createApiKey(tools, { name: 'growth', scopes: ['results:write'] })
    const headers = { authorization: `Bearer ${key}` }
    const post = () =>
      app.inject({ method: 'POST', url: '/v1/exam-results', headers, payload: newPass() })
    open.push({ badges, file, post, close, times: [] as number[] })
  }
  for (let round = -1; round < pairs; round += 1)
    for (const { post, times } of open) {
      const begun = process.cpuUsage()
      for (let each = 0; each < results; each += 1) {
        const { statusCode, body } = await post()
        if (statusCode !== 201) throw new Error(`no badge: ${statusCode} ${body}`)
      }
      const { user, system } = process.cpuUsage(begun)
      // The first round warms up.
      if (round >= 0) times.push((user + system) / results)
    }
  for (const { close } of open) await close()
  return open.map(({ badges, file, times }) => ({
    badges,
    microseconds: times.toSorted((one, other) => one - other)[times.length >> 1] ?? Number.NaN,
    bytes: bytesOf(file),
  }))
}

function bytesOf(file: string): number {
  const db = new DatabaseSync(file, { readOnly: true })
  const one = (text: string) => Number(Object.values(db.prepare(text).get() ?? {})[0])
  const bytes = one('pragma page_count') * one('pragma page_size')
  const badges = one('select count(*) from badge')
  db.close()
  return bytes / badges
}

/** The bytes of a badge where most are stored, as a row: its ratio is the limit by the bytes. */
export function diskRow(all: Growth[]): Row {
  const { badges = 0, bytes = Number.NaN } = all.at(-1) ?? {}
  const ratio = mostBytes / bytes
  return {
    name: `bytes a badge on disk, with ${badges.toLocaleString('en')} badges`,
    yardstick: 'the limit of 6 KB',
    floor: 1,
    ours: bytes,
    theirs: mostBytes,
    ratio,
    least: ratio,
    most: ratio,
  }
}

/** The table of growth as text. */
export function growthTable(all: Growth[]): string {
  const lines = all.map(
    ({ badges, microseconds, bytes }) =>
      `${badges.toLocaleString('en').padStart(9)}  ${microseconds.toFixed(0).padStart(9)} µs  ${bytes.toFixed(0).padStart(7)} bytes`,
  )
  return ['   badges  CPU a result  disk a badge', ...lines, ''].join('\n')
}
