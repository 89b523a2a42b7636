import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { sqliteDatabase } from '../help/databases.ts'
import { environment } from '../help/environment.ts'
import { freePort } from '../help/free-port.ts'
import { passEvent, settingsOf, start } from '../help/start.ts'

const root = resolve(import.meta.dirname, '../..')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const startArguments: string[] = scripts.start.split(' ').slice(1)

/** A checkout of its own, whose packages are those of this one. */
function checkout(t: Test) {
  const folder = mkdtempSync(join(tmpdir(), 'blazon-checkout-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  for (const name of ['src', 'schemas', 'package.json'])
    cpSync(join(root, name), join(folder, name), { recursive: true })
  const packages = join(folder, 'node_modules')
  mkdirSync(packages)
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== '.cache') symlinkSync(join(root, 'node_modules', name), join(packages, name))
  return folder
}

/** Starts the checkout as `npm start` does. */
async function run(t: Test, folder: string, settings: Record<string, string>) {
  const port = await freePort()
  const child = spawn(process.execPath, startArguments, {
    cwd: folder,
    env: { ...environment, LOG_LEVEL: 'warn', ...settings, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.teardown(() => child.kill('SIGKILL'))
  const [said] = await once(child.stdout, 'data')
  const ask = (path: string, options = {}) =>
    fetch(new URL(path, `http://127.0.0.1:${port}`), options)
  const stop = async () => {
    child.kill('SIGTERM')
    const [code] = await once(child, 'exit')
    return code
  }
  return { said: String(said), ask, stop }
}

const bundles = (folder: string) => join(folder, 'node_modules/.cache/blazon-bundle')
function newest(folder: string): { file: string } | undefined {
  const record = join(bundles(folder), 'newest.json')
  return existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : undefined
}

/** Marks a bundle, to be recognised by what it says when it starts. */
function mark(folder: string) {
  const { file = '' } = newest(folder) ?? {}
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace('Blazon answers at', 'The bundle answers at'))
}

t.test(
  'a start bundles the sources for the next one, and a bundle of other sources is not used',
  async (t) => {
    const folder = checkout(t)
    const settings = settingsOf((await sqliteDatabase(t)).url)
    const starts = async () => {
      const { said, ask, stop } = await run(t, folder, settings)
      t.equal((await ask('/readyz')).status, 200)
      t.equal(await stop(), 0)
      return said
    }
    const bundled = async (before?: string) => {
      while ((newest(folder)?.file ?? before) === before) await sleep(20)
      mark(folder)
      return newest(folder)?.file
    }
    t.match(await starts(), /^Blazon answers at/)
    const first = await bundled()
    t.match(await starts(), /^The bundle answers at/)
    appendFileSync(join(folder, 'src/logger.ts'), '\n// Another text.\n')
    t.match(await starts(), /^Blazon answers at/, 'from the sources')
    const second = await bundled(first)
    t.match(await starts(), /^The bundle answers at/)
    cpSync(join(folder, 'src/logger.ts'), join(folder, 'src/copy.ts'))
    rmSync(join(folder, 'src/logger.ts'))
    cpSync(join(folder, 'src/copy.ts'), join(folder, 'src/logger.ts'))
    rmSync(join(folder, 'src/copy.ts'))
    t.match(await starts(), /^The bundle answers at/, 'another file with the same text')
    rmSync(second ?? '')
    t.match(await starts(), /^Blazon answers at/, 'a bundle that is lost')
    for (let more = 0; more < 4; more += 1) {
      appendFileSync(join(folder, 'src/logger.ts'), '\n// Another text.\n')
      execFileSync(process.execPath, ['src/commands/build.ts'], { cwd: folder, env: environment })
    }
    t.equal(readdirSync(bundles(folder)).length, 4, 'three bundles and the record')
  },
)

t.test(
  'a bundle does all that the sources do, with their threads, fonts and pictures',
  async (t) => {
    const database = await sqliteDatabase(t)
    const { key, close } = await start(t, { database })
    await close()
    const folder = checkout(t)
    execFileSync(process.execPath, ['src/commands/build.ts'], { cwd: folder, env: environment })
    mark(folder)
    const { said, ask, stop } = await run(t, folder, settingsOf(database.url))
    t.match(said, /^The bundle answers at/)
    const api = (
      path: string,
      body: string | Uint8Array,
      type = 'application/json',
      method = 'POST',
    ) =>
      ask(path, { method, body, headers: { authorization: `Bearer ${key}`, 'content-type': type } })
    const minted = await api('/v1/exam-results', JSON.stringify(passEvent()))
    t.equal(minted.status, 201)
    const { badge } = (await minted.json()) as {
      badge: { id: string; links: Record<string, string> }
    }
    const shown = { visibility: 'public', discoverable: true }
    const opened = await api(
      `/v1/badges/${badge.id}/privacy`,
      JSON.stringify(shown),
      undefined,
      'PUT',
    )
    t.equal(opened.status, 200, await opened.clone().text())
    for (const [name, address] of Object.entries(badge.links)) {
      const answer = await ask(new URL(address).pathname)
      t.equal(answer.status, 200, name)
      if (!name.startsWith('baked')) continue
      const verdict = await api(
        '/v1/verify',
        await answer.bytes(),
        answer.headers.get('content-type') ?? '',
      )
      t.match(await verdict.json(), { verdict: 'valid' }, `${name}, on a thread or at once`)
    }
    const { pathname } = new URL(badge.links.page ?? '')
    for (const path of [
      `${pathname}/card.png`,
      `${pathname}/signature.png`,
      `${pathname}/certificate.pdf`,
      '/docs',
      '/metrics',
      '/help',
      '/directory',
      '/openapi.json',
      '/sitemap.xml',
      '/.well-known/did.json',
    ]) {
      const answer = await ask(path, { headers: { authorization: `Bearer ${key}` } })
      t.equal(answer.status, 200, path)
      await answer.bytes()
    }
    const lines = [2, 3].map((at) =>
      JSON.stringify(
        passEvent({
          resultId: `R-${at}`,
          candidate: { ...passEvent().candidate, id: `C-${at}`, email: `c${at}@example.com` },
        }),
      ),
    )
    const taken = await api('/v1/exam-results', lines.join('\n'), 'application/x-ndjson')
    t.equal(taken.status, 200)
    t.equal(
      (await taken.text()).match(/"created"|"minted"|"issued"/g)?.length,
      2,
      'on the thread of imports',
    )
    t.equal(await stop(), 0)
  },
)
