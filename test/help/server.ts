import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { environment } from './environment.ts'
import { examplesProgramme, testKeys } from './start.ts'

const root = resolve(import.meta.dirname, '../..')

/** A Blazon in a process of its own, as `npm start` runs it. */
export type Server = { child: ChildProcess; origin: string; output: () => string }

/** Starts `src/main.ts` and waits until it answers. Rejects with its output when it ends instead. */
export async function startServer(
  databaseUrl: string,
  port: number,
  settings: Record<string, string> = {},
): Promise<Server> {
  const mails = mkdtempSync(join(tmpdir(), 'blazon-mails-'))
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: {
      ...environment,
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      KEYS_DIR: testKeys,
      PROGRAMME_FILE: examplesProgramme,
      LOG_LEVEL: 'warn',
      MAIL_DIR: mails,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.once('exit', () => rmSync(mails, { recursive: true, force: true }))
  let output = ''
  child.stderr.on('data', (chunk) => {
    output += chunk
  })
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      output += chunk
      if (String(chunk).includes('Blazon answers at')) resolve()
    })
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${output}`)))
  })
  await ready
  return { child, origin: `http://localhost:${port}`, output: () => output }
}

/** Kills the process, as a power cut would. */
export async function kill({ child }: Server) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
