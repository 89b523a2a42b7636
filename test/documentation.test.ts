import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { createApiKey } from '../src/actions/operating/create-api-key.ts'
import { linkLives } from '../src/domain/people/mail-link.ts'
import type { Scope } from '../src/domain/work/api-key.ts'
import { handlers } from '../src/jobs/handlers.ts'
import { Settings } from '../src/settings.ts'
import { languages } from '../src/words/languages.ts'
import { get, start } from './help/start.ts'

const root = resolve(import.meta.dirname, '..')
const read = (name: string) => readFileSync(join(root, name), 'utf8')

/** The settings as the README prints them. */
function settingsTable() {
  return Object.entries(
    Settings.properties as unknown as Record<
      string,
      { description: string; default: string; enum?: string[] }
    >,
  )
    .map(([name, { description, default: usual, enum: values }]) => {
      const choice = values ? ` One of ${values.join(', ')}.` : ''
      return `| \`${name}\` | ${usual ? `\`${usual}\`` : ''} | ${description}${choice} |`
    })
    .join('\n')
}

t.test('the README’s table of settings is the schema of settings.ts', async (t) => {
  t.ok(read('README.md').includes(settingsTable()), settingsTable())
})

t.test('the README is under 200 lines, and every file that it links to exists', async (t) => {
  const readme = read('README.md')
  t.ok(readme.split('\n').length < 200)
  for (const [, target = ''] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g))
    t.ok(read(target).length > 0, target)
})

t.test('every npm command of the README is a script', async (t) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  for (const [, name = ''] of read('README.md').matchAll(/npm run ([a-z-]+)/g))
    t.ok(scripts[name], name)
})

t.test('the example message of the README earns a badge', async (t) => {
  const blazon = await start(t as Test)
  const message = /-d '(\{[^']+\})'/.exec(read('README.md'))?.[1] ?? ''
  const answer = await blazon.app.inject({
    method: 'POST',
    url: '/v1/exam-results',
    headers: { ...blazon.auth, 'content-type': 'application/json' },
    payload: message,
  })
  t.equal(answer.statusCode, 201, answer.body)
})

/** Runs a block of the README as a shell does, against another origin; each `curl` prints the status of its answer. */
async function shell(block: string, origin: string, env: Record<string, string>, cwd: string) {
  const script = block.replaceAll('http://localhost:3000', origin)
  const counted = `curl() { command curl --silent --write-out '\\nstatus %{http_code}\\n' "$@"; }\n${script}`
  const run = promisify(execFile)
  const { stdout } = await run('bash', ['-c', counted], { cwd, env: { ...process.env, ...env } })
  return { stdout, statuses: [...stdout.matchAll(/^status (\d+)$/gm)].map(([, code]) => code) }
}

t.test(
  'every curl of the README runs as it stands, with a key that has the scopes which the README gives it',
  async (t) => {
    const blazon = await start(t as Test)
    await blazon.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = blazon.app.server.address() as AddressInfo
    const origin = `http://127.0.0.1:${port}`
    const readme = read('README.md')
    const made = readme.split('\n').find((line) => line.includes('create --name "operator"')) ?? ''
    const wanted = [...made.matchAll(/--scope (\S+)/g)].map(([, scope]) => scope as Scope)
    const KEY = await createApiKey(blazon.tools, { name: 'operator', scopes: wanted })
    const folder = mkdtempSync(join(tmpdir(), 'blazon-readme-'))
    t.teardown(() => rmSync(folder, { recursive: true, force: true }))
    const blocks = [...readme.matchAll(/^```\n([^`]*?curl[^`]*?)```$/gm)].map(
      ([, text = '']) => text,
    )
    t.equal(blocks.length, 4)
    t.equal(blocks.join('').match(/curl /g)?.length, readme.match(/curl -|curl "/g)?.length)
    let ID = ''
    for (const block of blocks) {
      const { stdout, statuses } = await shell(block, origin, { KEY, ID }, folder)
      t.ok(statuses.length > 0, block)
      t.same(
        statuses.filter((status) => !/^2/.test(status ?? '')),
        [],
        stdout,
      )
      if (ID !== '') continue
      const { badge } = JSON.parse(stdout.split('\nstatus')[0] ?? '{}')
      ID = badge.id
      const file = await get(blazon, `${badge.links.page}/badge.png`, blazon.auth)
      writeFileSync(join(folder, 'badge.png'), file.rawPayload)
    }
  },
)

t.test('docs/jobs.md names every kind of job, and only metrics that there are', async (t) => {
  const page = read('docs/jobs.md')
  for (const kind of Object.keys(handlers)) t.match(page, `\n| \`${kind}\` |`)
  const blazon = await start(t as Test)
  await get(blazon, '/livez')
  const metrics = (await get(blazon, '/metrics', blazon.auth)).body
  const named = new Set([...page.matchAll(/\b(blazon|nodejs)_[a-z0-9_]+/g)].map(([name]) => name))
  t.ok(named.size > 7)
  for (const name of named) t.match(metrics, `# TYPE ${name} `)
})

t.test('docs/mail.md and both languages say how long a link works, as the code has it', (t) => {
  const minutes = Temporal.Duration.from(linkLives['sign-in']).total('minutes')
  const hours = Temporal.Duration.from(linkLives.address).total('hours')
  t.match(
    read('docs/mail.md').replaceAll('\n', ' '),
    `A sign-in link works for ${minutes} minutes, one that proves an address for ${hours} hours.`,
  )
  const days = Temporal.Duration.from(linkLives.claim).total({
    unit: 'days',
    relativeTo: '2026-01-01',
  })
  t.match(read('docs/mail.md'), `run out after ${days} days`)
  for (const { lang, all, textOf } of languages) {
    for (const word of ['mail.sign-in.detail', 'signIn.sent.spam'] as const)
      if (all.includes(word))
        t.match(textOf(word), new RegExp(`\\b${minutes}\\b|${minutes}分钟`), lang)
    if (all.includes('mail.address.detail'))
      t.match(textOf('mail.address.detail'), new RegExp(`\\b${hours}\\b|${hours}小时`), lang)
  }
  t.end()
})

t.test(
  'every dependency has its reason in ARCHITECTURE.md, and every one named there is a dependency',
  async (t) => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      string,
      Record<string, string>
    >
    const page = read('ARCHITECTURE.md').split('## Dependencies')[1] ?? ''
    for (const name of Object.keys(dependencies ?? {}))
      t.ok(page.includes(`\`${name}\``) || page.includes(`\`${name.split('/').at(-1)}\``), name)
    for (const name of Object.keys(devDependencies ?? {}))
      t.ok(page.includes(`\`${name}\``) || name.startsWith('@types/'), name)
  },
)

t.test(
  'every schema of ours that is published is in the OpenAPI document, and each of its addresses says what it is',
  async (t) => {
    const blazon = await start(t as Test)
    const { paths } = (await get(blazon, '/openapi.json')).json() as {
      paths: Record<string, Record<string, { summary?: string }>>
    }
    t.ok(Object.keys(paths).length > 25)
    for (const [path, methods] of Object.entries(paths))
      for (const [method, { summary }] of Object.entries(methods))
        t.ok(summary, `${method} ${path}`)
  },
)

t.test('the standards’ files are what SOURCES.md says, to the byte', async (t) => {
  const { createHash } = await import('node:crypto')
  const rows = [
    ...read('schemas/SOURCES.md').matchAll(/^\| ([\w.-]+\.json) \|.*\| ([0-9a-f]{64}) \|$/gm),
  ]
  t.equal(rows.length, 10)
  for (const [, file = '', hash] of rows) {
    const folder = file.includes('_schema') ? 'schemas/openbadges-3.0' : 'schemas/contexts'
    t.equal(
      createHash('sha256')
        .update(readFileSync(join(root, folder, file)))
        .digest('hex'),
      hash,
      file,
    )
  }
})
