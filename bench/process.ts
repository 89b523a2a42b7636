import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createApiKey } from '../src/actions/operating/create-api-key.ts'
import { openCommandTools } from '../src/commands/command-tools.ts'
import { readConfig } from '../src/config.ts'
import { closeTools } from '../src/opening.ts'
import { initKeyring } from '../src/signing/change-keyring.ts'
import { sendPasses } from './bulk.ts'
import { openConnection, request } from './connection.ts'
import type { Limit } from './limits.ts'
import { memoryOf, mostMemory } from './memory.ts'
import { takeSamples } from './samples.ts'
import type { Blazon } from './scene.ts'

const root = resolve(import.meta.dirname, '..')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const [, ...startArguments] = scripts.start.split(' ') as string[]

/** How much is measured. */
type Sizes = { badges: number; results: number; rest: number }
export const whole: Sizes = { badges: 1000, results: 100_000, rest: 10_000 }
export const quick: Sizes = { badges: 20, results: 1000, rest: 100 }

/**
 * What a Blazon of its own takes, started as `npm start` does, on an SQLite file that has badges, which is made for the
 * first row. `close` ends it, and removes the file.
 */
export function openProcess(sizes: Sizes): { limits: Limit[]; close: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'blazon-process-'))
  const env = {
    PUBLIC_URL: 'https://badges.example.test',
    DATABASE_URL: `sqlite:${join(folder, 'blazon.db')}`,
    KEYS_DIR: join(folder, 'keys'),
    PROGRAMME_FILE: join(root, 'programme.example/programme.json'),
    MAIL_DIR: join(folder, 'mails'),
    LOG_LEVEL: 'error',
  }
  let running: ChildProcess | undefined
  const close = () => {
    running?.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', close)
  /** Starts Blazon. Resolves when it has answered, with the seconds that took. */
  const start = async (path: string, key: string) => {
    const port = await freePort()
    const begun = performance.now()
    const child = spawn(process.execPath, startArguments, {
      cwd: root,
      env: { PATH: process.env.PATH, ...env, PORT: String(port) },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    running = child
    while ((await statusOf(port, path)) !== 200) {
      if (child.exitCode !== null) throw new Error(`Blazon ended with ${child.exitCode}`)
      await sleep(5)
    }
    return { blazon: { child, port, key }, seconds: (performance.now() - begun) / 1000 }
  }
  const prepareOnce = async () => {
    mkdirSync(env.MAIL_DIR)
    const key = await prepare(env)
    const { blazon } = await start('/readyz', key)
    await send(blazon, sizes.badges)
    // Mails that wait would be written while the rest is measured.
    while (readdirSync(env.MAIL_DIR).length < sizes.badges) await sleep(100)
    const page = (await takeSamples(blazon, 1)).badges[0]?.page.path ?? ''
    await stop(blazon)
    return { key, page }
  }
  let prepared: ReturnType<typeof prepareOnce> | undefined
  const started = async <Measured>(measure: (of: Started) => Promise<Measured>) => {
    prepared ??= prepareOnce()
    const { key, page } = await prepared
    const of = await start(page, key)
    const measured = await measure(of)
    await stop(of.blazon)
    return measured
  }
  const limits: Limit[] = [
    {
      name: 'start to first answer',
      unit: 's',
      limit: 0.5,
      measure: () => started(async ({ seconds }) => seconds),
    },
    {
      name: 'memory at rest',
      unit: 'MB',
      limit: 120,
      measure: () => started(({ blazon }) => sleep(sizes.rest).then(() => memoryOf(blazon))),
    },
    {
      name: 'memory while importing 100,000 results',
      unit: 'MB',
      limit: 200,
      once: true,
      measure: () => started(({ blazon }) => mostMemory(blazon, send(blazon, sizes.results))),
    },
  ]
  return { limits, close }
}

type Started = { blazon: Blazon; seconds: number }

/** Makes the key ring and the database. Answers an API key. */
async function prepare(env: Record<string, string>): Promise<string> {
  await initKeyring(env.KEYS_DIR ?? '', { now: new Date().toISOString() })
  const tools = await openCommandTools(readConfig(env))
  const key = await createApiKey(tools, {
    name: 'bench',
    scopes: ['results:write', 'badges:write'],
  })
  await closeTools(tools)
  return key
}

async function send(blazon: Blazon, results: number) {
  let parts = 0
  const minted = await sendPasses(blazon, () => parts++ * 500 >= results)
  if (minted < results) throw new Error(`${minted} badges were minted of ${results}`)
}

async function stop({ child }: Blazon) {
  child.kill('SIGTERM')
  await once(child, 'exit')
}

async function statusOf(port: number, path: string): Promise<number | undefined> {
  try {
    const { ask, close } = await openConnection(port)
    const { status } = await ask(request(path, { headers: { accept: 'text/html' } }))
    close()
    return status
  } catch {
    return undefined
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}
