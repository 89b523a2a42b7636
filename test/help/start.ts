import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import type { BadgeAnswer, IntakeAnswer } from '../../schemas/badge.ts'
import { type ProgrammeFile, readProgrammeFile } from '../../src/actions/judging/adopt-programme.ts'
import { createApiKey } from '../../src/actions/operating/create-api-key.ts'
import { readConfig } from '../../src/config.ts'
import { scopes } from '../../src/domain/work/api-key.ts'
import type { Random } from '../../src/domain/work/random-ids.ts'
import { type Blazon, openBlazon } from '../../src/main.ts'
import { type Database, sqliteDatabase } from './databases.ts'

export const publicUrl = 'https://badges.example.test'
export const testKeys = fileURLToPath(new URL('keys', import.meta.url))
export const examplesProgramme = fileURLToPath(
  new URL('../../programme.example/programme.json', import.meta.url),
)

export const adaptersExample = fileURLToPath(new URL('../../adapters.example', import.meta.url))
/** The settings of a Blazon with the sample adapters. */
export const withAdapters = {
  ADAPTERS_DIR: adaptersExample,
  ADAPTER_TOKENS: 'kryterion=sample-token,certiverse=sample-token',
}

/** The settings of a Blazon under test, for the commands that act on its database. */
export const settingsOf = (databaseUrl: string) => ({
  PUBLIC_URL: publicUrl,
  DATABASE_URL: databaseUrl,
  KEYS_DIR: testKeys,
  PROGRAMME_FILE: examplesProgramme,
})

/** A clock that stands still until it is set. */
export type Clock = { now: () => string; set: (instant: string) => void }

export function clockAt(instant: string): Clock {
  let present = instant
  return {
    now: () => present,
    set: (next) => {
      present = next
    },
  }
}

/** Repeatable randomness: the same seed gives the same bytes in the same order. */
export function seededRandom(seed: string): Random {
  let count = 0
  return (bytes) => {
    count += 1
    return createHash('shake256', { outputLength: bytes }).update(`${seed} ${count}`).digest()
  }
}

/** A Blazon under test: its app, a key with every scope, its clock, and its log. */
export type Started = Blazon & {
  clock: Clock
  key: string
  auth: { authorization: string }
  log: string[]
}

type Options = {
  database?: Database
  clock?: Clock
  random?: Random
  settings?: Record<string, string>
  /** The test closes Blazon itself. */
  keepOpen?: boolean
  /** The time is real, so that large imports run on their thread. */
  onThread?: boolean
}

/**
 * Opens a whole Blazon at `https://badges.example.test` with the sample programme, by default on a fresh SQLite file.
 */
export async function start(
  t: Test,
  {
    database,
    clock = clockAt('2026-11-22T04:00:00.000Z'),
    random,
    settings = {},
    keepOpen,
    onThread,
  }: Options = {},
): Promise<Started> {
  const { url } = database ?? (await sqliteDatabase(t))
  const log: string[] = []
  const config = readConfig({
    ...settingsOf(url),
    MAIL_DIR: mailFolder(t),
    ...settings,
  })
  const blazon = await openBlazon(config, {
    ...(!onThread && { now: clock.now }),
    ...(random && { random }),
    readProgramme,
    log: new Writable({
      write: (line, _encoding, done) => {
        log.push(String(line))
        done()
      },
    }),
  })
  if (!keepOpen) t.teardown(() => blazon.close())
  const key = await createApiKey(blazon.tools, { name: 'test', scopes: [...scopes] })
  return { ...blazon, clock, key, auth: { authorization: `Bearer ${key}` }, log }
}

let sample: Promise<ProgrammeFile> | undefined

/** Reads a programme file; the sample programme, which no test changes, once a process. */
function readProgramme(file: string): Promise<ProgrammeFile> {
  if (file !== examplesProgramme) return readProgrammeFile(file)
  sample ??= readProgrammeFile(file)
  return sample
}

/** A folder for mails that the test does not read. */
function mailFolder(t: Test) {
  const folder = mkdtempSync(join(tmpdir(), 'blazon-mails-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A pass event as the exam system sends it; `changes` replace fields. */
export function passEvent(changes: Record<string, unknown> = {}) {
  return {
    source: 'webassessor',
    resultId: 'R-2026-000123',
    revision: 1,
    exam: 'PR000001',
    outcome: 'passed',
    score: '812',
    startedAt: '2026-11-22T09:00:00+08:00',
    endedAt: '2026-11-22T10:12:00+08:00',
    released: true,
    candidate: {
      id: 'C-778',
      fullName: '张伟',
      latinName: 'Zhang Wei',
      email: 'zhang.wei@example.com',
      locale: 'en-GB',
    },
    ...changes,
  }
}

/** Posts a message as the exam system would. */
export async function post({ app, auth }: Started, message: unknown) {
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/exam-results',
    headers: auth,
    payload: message as object,
  })
  return { status: answer.statusCode, body: answer.json() as IntakeAnswer, headers: answer.headers }
}

/** Issues a badge and sets who may see it. */
export async function issue(
  started: Started,
  { visibility = 'public', ...changes }: Record<string, unknown> = {},
): Promise<BadgeAnswer> {
  const { status, body } = await post(started, passEvent(changes))
  if (status !== 201 || !body.badge) throw new Error(`no badge: ${status} ${JSON.stringify(body)}`)
  if (visibility === 'private') return body.badge
  return change(started, body.badge.id, 'privacy', { visibility })
}

/** An operator's change: privacy, revoke, suspend, reinstate. */
export async function change(
  { app, auth }: Started,
  id: string,
  verb: 'privacy' | 'revoke' | 'suspend' | 'reinstate' | 'reopen',
  payload: object = {},
): Promise<BadgeAnswer> {
  const answer = await app.inject({
    method: verb === 'privacy' ? 'PUT' : 'POST',
    url: `/v1/badges/${id}/${verb}`,
    headers: auth,
    payload,
  })
  if (answer.statusCode !== 200) throw new Error(`${verb}: ${answer.statusCode} ${answer.body}`)
  return answer.json() as BadgeAnswer
}

/** Gets an address as the public does. */
export async function get(
  { app }: Pick<Blazon, 'app'>,
  address: string,
  headers: Record<string, string> = {},
) {
  const { pathname, search } = new URL(address, publicUrl)
  return app.inject({ url: pathname + search, headers })
}
