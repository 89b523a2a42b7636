import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { initKeyring } from '../src/signing/change-keyring.ts'

export type Blazon = { child: ChildProcess; port: number; key: string }

/** The scene: a Blazon on a fresh SQLite file, and a bare node:http server, each in a process of its own. */
export type Scene = {
  blazon: Blazon
  /** Starts the bare server with these answers by path. Returns its port. */
  serveBytes: (answers: Answers) => Promise<number>
  close: () => void
}

export type Answers = Map<string, { type: string; bytes: Buffer }>

const root = resolve(import.meta.dirname, '..')

/**
 * `settings` are those that differ, such as another database. The children and the folder are removed however the process
 * ends: the clean-up is synchronous, so `exit` can do it.
 */
export async function openScene(settings?: Record<string, string>): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'blazon-bench-'))
  const children: ChildProcess[] = []
  const close = () => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.once('exit', close)
  for (const [signal, code] of [
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => process.exit(code))
  const start = (file: string, env: Record<string, string> = {}) => {
    const child = fork(join(import.meta.dirname, file), {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      serialization: 'advanced',
    })
    children.push(child)
    return child
  }
  const child = start('serve-blazon.ts', {
    ...(await freshSettings(folder)),
    ...settings,
  })
  const { port, key } = await nextMessage<{ port: number; key: string }>(child)
  return {
    blazon: { child, port, key },
    serveBytes: async (answers) => {
      const child = start('serve-bytes.ts')
      child.send(answers)
      return (await nextMessage<{ port: number }>(child)).port
    },
    close,
  }
}

async function freshSettings(folder: string): Promise<Record<string, string>> {
  await initKeyring(join(folder, 'keys'), { now: new Date().toISOString() })
  return {
    PUBLIC_URL: 'https://badges.example.test',
    DATABASE_URL: `sqlite:${join(folder, 'blazon.db')}`,
    KEYS_DIR: join(folder, 'keys'),
    PROGRAMME_FILE: join(root, 'programme.example/programme.json'),
    LOG_LEVEL: 'warn',
  }
}

/** The next message of a child. Throws its error, or that it ended. */
export async function nextMessage<Message extends object>(child: ChildProcess): Promise<Message> {
  const done = new AbortController()
  const { signal } = done
  try {
    const [message] = await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`${child.spawnargs.at(-1)} ended with ${code}`)
      }),
    ])
    if ('trouble' in message) throw new Error(message.trouble)
    return message
  } finally {
    done.abort()
  }
}
