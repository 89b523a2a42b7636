import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { environment } from './environment.ts'

const root = resolve(import.meta.dirname, '../..')

/**
 * The flags of package.json's commands: Node 26 may wait forever at its end for a compiling thread (nodejs/node, issue
 * 54918).
 */
export const commandFlags = ['--single-threaded']

/**
 * Runs a command as npm does. It writes to `cwd` and reads `input`. A command that does not end is killed, and has no
 * code.
 */
export function command(
  file: string,
  args: string[],
  env: Record<string, string> = {},
  cwd = root,
  input = '',
) {
  return new Promise<{ code: number | null; out: string; err: string }>((done) => {
    const child = spawn(process.execPath, [...commandFlags, join(root, 'src', file), ...args], {
      cwd,
      env: { ...environment, LOG_LEVEL: 'warn', ...env },
    })
    const limit = setTimeout(() => child.kill('SIGKILL'), 60_000)
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.stderr.on('data', (chunk) => {
      err += chunk
    })
    child.stdin.end(input)
    child.once('exit', (code) => {
      clearTimeout(limit)
      done({ code, out, err })
    })
  })
}
