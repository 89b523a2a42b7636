import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { BadgeAnswer, IntakeAnswer } from '../../schemas/badge.ts'
import type { Verdict } from '../../schemas/verdict.ts'
import { createApiKey } from '../actions/operating/create-api-key.ts'
import { readConfig } from '../config.ts'
import { scopes } from '../domain/work/api-key.ts'
import { listen, openBlazon, runJobs } from '../main.ts'
import { Problem } from '../problem.ts'
import { verifyDataIntegrity, verifyJws, verifyJwt } from './independent.ts'
import { run, say, tick } from './terminal.ts'

const help = `npm run demo [-- --once]

Starts Blazon with the sample programme and the example keys, issues a badge as an exam system would, fetches and
verifies every form of it, writes the files to ./demo-out, and stays up so that the page can be opened.

  --once   end when all is done: 0 when every step worked
  --help   this text`

const folder = 'demo-out'

run(async () => {
  const { values } = parseArgs({
    options: { once: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help) return say(help)
  const port = await choosePort(process.env.PORT)
  const config = readConfig({
    // A database belongs to one address, and the demo takes the first free port.
    DATABASE_URL: `sqlite:./data/demo-${port}.db`,
    LOG_LEVEL: 'error',
    ...process.env,
    // The demo sends no mail.
    SMTP_URL: '',
    MAIL_DIR: join(folder, 'mails'),
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
  })
  const blazon = await runJobs(await openBlazon(config))
  await listen(blazon, config)
  say('\nFrom an exam result to a badge that anybody can verify\n')
  tick(`Blazon answers at ${config.publicUrl}`)
  const key = await createApiKey(blazon.tools, { name: 'demo', scopes: [...scopes] })
  const badge = await issue(config.publicUrl, key)
  const files = await fetchForms(badge)
  await verifyAll(config.publicUrl, files)
  say(`\n  The badge page   ${badge.links.page}`)
  say(`  The badge file   ./${join(folder, 'badge.png')}\n`)
  if (values.once) return blazon.close()
  say('Open the page in a browser. Ctrl-C ends the demo.')
  process.once('SIGINT', () => void blazon.close().then(() => process.exit(0)))
})

/** Posts a pass as the exam system would, then publishes the badge as its holder would. */
async function issue(origin: string, key: string): Promise<BadgeAnswer> {
  const now = Date.now()
  const started = performance.now()
  const { badge } = (await send(`${origin}/v1/exam-results`, key, 'POST', {
    source: 'demo',
    resultId: `R-${now}`,
    revision: 1,
    exam: 'PR000002',
    outcome: 'passed',
    score: '812',
    startedAt: new Date(now - 7_200_000).toISOString(),
    endedAt: new Date(now - 3_600_000).toISOString(),
    released: true,
    candidate: {
      id: `C-${now}`,
      fullName: '张伟',
      latinName: 'Zhang Wei',
      email: 'zhang.wei@example.com',
      locale: 'zh-CN',
    },
  })) as IntakeAnswer
  if (!badge) throw new Problem('invalid/no-badge', 'The pass earned no badge.')
  tick(
    `The exam system posted a pass; badge ${badge.certificationNumber} came back in ${Math.round(performance.now() - started)} ms`,
  )
  tick(
    `It is valid from ${badge.earnedOn} through ${badge.expiresOn}, and private until its holder decides`,
  )
  const shown = (await send(`${origin}/v1/badges/${badge.id}/privacy`, key, 'PUT', {
    visibility: 'public',
  })) as BadgeAnswer
  tick('Its holder made it public')
  return shown
}

async function send(address: string, key: string, method: string, body: object): Promise<unknown> {
  const answer = await fetch(address, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok)
    throw new Problem(
      'invalid/unexpected-answer',
      `${method} ${address} answers ${answer.status}: ${await answer.text()}`,
    )
  return answer.json()
}

type File = { name: string; type: string; bytes: Buffer }

/** Fetches every form as a stranger would, and writes them to a folder. */
async function fetchForms({ links }: BadgeAnswer): Promise<File[]> {
  await mkdir(folder, { recursive: true })
  const files: File[] = []
  for (const address of Object.values(links)) {
    const answer = await fetch(address, { headers: { accept: '*/*' } })
    if (!answer.ok)
      throw new Problem('invalid/unexpected-answer', `${address} answers ${answer.status}.`)
    const name = nameOf(address, links)
    const file = {
      name,
      type: answer.headers.get('content-type') ?? '',
      bytes: Buffer.from(await answer.arrayBuffer()),
    }
    await writeFile(join(folder, name), file.bytes)
    files.push(file)
  }
  tick(`Anybody can fetch its ${files.length} forms; they are in ./${folder}`)
  return files
}

function nameOf(address: string, links: BadgeAnswer['links']) {
  if (address === links.page) return 'page.html'
  return address === links.assertion ? 'assertion.json' : (address.split('/').at(-1) ?? 'file')
}

const notBadges = ['page.html', 'picture.png']

async function verifyAll(origin: string, files: File[]) {
  const badges = files.filter(({ name }) => !notBadges.includes(name))
  for (const { name, type, bytes } of badges) {
    const answer = await fetch(`${origin}/v1/verify`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: new Uint8Array(bytes),
    })
    const { verdict, checks } = (await answer.json()) as Verdict
    if (verdict === 'valid') continue
    throw new Problem(
      'invalid/not-valid',
      `${name} is ${verdict}: ${checks?.find(({ result }) => result !== 'pass')?.reason}`,
    )
  }
  tick(`Blazon verifies ${badges.map(({ name }) => name).join(', ')}: valid`)
  const text = (name: string) =>
    files.find((file) => file.name === name)?.bytes.toString('utf8') ?? ''
  await verifyDataIntegrity(origin, text('credential.json'))
  await verifyJwt(text('credential.jwt'))
  await verifyJws(text('assertion.jws'))
  tick(
    'So do others: @digitalbazaar/vc the credential and its status list, jose the JWT and the JWS',
  )
}

/** The port of `PORT`, or the first free one from 3000 on. */
async function choosePort(wanted: string | undefined): Promise<number> {
  if (wanted) return Number(wanted)
  for (let port = 3000; port < 3100; port += 1) if (await isFree(port)) return port
  throw new Problem(
    'unavailable/no-free-port',
    'No port from 3000 to 3099 is free. Choose one: PORT=8080 npm run demo',
  )
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
