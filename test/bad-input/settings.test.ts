import t, { type Test } from 'tap'
import { readConfig } from '../../src/config.ts'
import { openBlazon } from '../../src/main.ts'
import { explain, Problem } from '../../src/problem.ts'
import { sqliteDatabase } from '../help/databases.ts'
import { examplesProgramme, publicUrl, testKeys } from '../help/start.ts'

const secret = `whsec_${'A'.repeat(32)}`

const wrong: Record<string, string[]> = {
  PUBLIC_URL: [
    'badges.example.com',
    'http://badges.example.com',
    'https://',
    'https://badges.example.com/',
    'https://badges.example.com/badges',
    'https://badges.example.com?x',
    'https://user@badges.example.com',
    'https://Badges.example.com',
    'https://badges.example.com:443',
    'https://badges.example.com:99999',
    'https://badges example.com',
    'https://%',
    'https://[::1',
    'http://[::1]:3000',
    'https://.',
    'javascript:alert(1)',
    'http://localhost.evil.example',
  ],
  PORT: ['http', '-1', '3000.5', '65536', '99999', '1e3', ' 3000'],
  DATABASE_URL: ['./data.db', 'sqlite:', 'mysql://localhost/blazon', 'postgres://'],
  LOG_LEVEL: ['verbose', 'INFO'],
  TRUSTED_PROXIES: [
    'everybody',
    '0.0.0.0/0',
    '::/0',
    '10.1',
    '203.0.113.0/33',
    '203.0.113.256',
    '2001:db8::/129',
    'proxy.example.org',
    '203.0.113.7 203.0.113.8',
    '203.0.113.7,',
    ',',
    'none,203.0.113.7',
    'private,none',
  ],
  POSTGRES_POOL: ['0', '-1', '1000', '1.5', 'many'],
  POSTGRES_CONNECT_TIMEOUT: ['-1', '1s', '100000'],
  POSTGRES_STATEMENT_TIMEOUT: ['-1', '1s', '100000'],
  POSTGRES_IDLE_TIMEOUT: ['-1', '1s', '100000'],
  WEBHOOK_SECRETS: [
    'secret',
    'whsec_',
    'whsec_short',
    `whsec_${'A'.repeat(33)}`,
    `whsec_${'='.repeat(32)}`,
    `${secret},`,
    `${secret}, ${secret}`,
  ],
  ADAPTER_TOKENS: ['token', 'kryterion=', '=token', 'a=b,', 'a=b, c=d', 'A=b', 'a=b c'],
  SMTP_URL: [
    'mail.example.org',
    'https://mail.example.org',
    'smtp://',
    'smtp://mail.example.org:99999',
    'smtp://mail.example.org/path',
    'smtp://user:hunter2@',
    'smtp://user:hunter%2@mail.example.org',
    'smtp://user:hunter%ff@mail.example.org',
    'smtp://user:hunter2 @mail.example.org',
  ],
  MAIL_FROM: ['nobody', 'a@b, c@d', 'A <a@b>, B <c@d>', 'A <a>', '<a@b> A', 'A\nB <a@b>', 'a@b@c'],
  MAIL_DKIM_SELECTOR: ['a b', '-a', 'a.', 'a;b', 'ä'],
}

const right: Record<string, string[]> = {
  PUBLIC_URL: ['https://badges.example.com', 'https://badges.example.com:8443'],
  PORT: ['0', '80', '65535'],
  TRUSTED_PROXIES: [
    'none',
    'private',
    'private,203.0.113.7',
    '203.0.113.7, 198.51.100.0/24',
    '2001:db8::/32,::1',
    'loopback',
  ],
  POSTGRES_POOL: ['1', '999'],
  POSTGRES_STATEMENT_TIMEOUT: ['0', '99999'],
  DATABASE_URL: ['sqlite:a.db', 'postgresql://localhost/blazon'],
  ADAPTER_TOKENS: ['kryterion=a.B-c_~+/=', 'a=b,c-2=d=='],
  WEBHOOK_SECRETS: [secret, `${secret},${secret}`, `whsec_${'A'.repeat(32)}AA==`],
  SMTP_URL: [
    'smtp://localhost',
    'smtp://localhost:25/',
    'smtps://us%40er:p%40ss@mail.example.org:465',
    'smtp://[::1]:2525',
  ],
  MAIL_FROM: ['badges@example.org', '北风 <badges@example.org>', '"A, B" <a@example.org>', '<a@b>'],
  MAIL_DKIM_SELECTOR: ['blazon', '2026-11.mail'],
}

function refusal(environment: Record<string, string>): Problem | undefined {
  try {
    readConfig(environment)
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

t.test('a setting that cannot be used is named, with what it should be', (t) => {
  for (const [name, values] of Object.entries(wrong))
    for (const value of values) {
      const problem = refusal({ [name]: value })
      t.same(
        problem?.errors.map(({ path }) => path),
        [name],
        `${name}=${value}`,
      )
      t.match(problem?.errors[0]?.message, /\. The default is /, `${name}=${value}`)
    }
  t.end()
})

t.test('a setting at the edge of what can be used is taken', (t) => {
  for (const [name, values] of Object.entries(right))
    for (const value of values) t.equal(refusal({ [name]: value }), undefined, `${name}=${value}`)
  t.equal(readConfig({ PORT: '80' }).publicUrl, 'http://localhost')
  t.end()
})

t.test('all wrong settings are named at once, in words that repeat no secret', (t) => {
  const environment = Object.fromEntries(
    Object.entries(wrong).map(([name, values]) => [name, values[0] ?? '']),
  )
  const words = explain(
    refusal({ ...environment, WEBHOOK_SECRETS: 'whsec_hunter2', SMTP_URL: 'smtp://a:hunter2@' }),
  )
  t.equal(
    words,
    `The settings cannot be used. Correct them in the environment and start again.
  PUBLIC_URL: The origin of every address: https:// and a host, no path; http only on this machine. The default is http://localhost:PORT.
  PORT: The port to listen on. The default is 3000.
  DATABASE_URL: sqlite: and a file, or postgres:// and a server. The default is sqlite:./data/blazon.db.
  POSTGRES_POOL: PostgreSQL: the connections of each process, 999 at most. The default is 16.
  POSTGRES_CONNECT_TIMEOUT: PostgreSQL: how long to wait for a connection, in seconds; 0 is no limit. The default is 10.
  POSTGRES_STATEMENT_TIMEOUT: PostgreSQL: how long one statement may take, but for migrations, in seconds; 0 is no limit. The default is 60.
  POSTGRES_IDLE_TIMEOUT: PostgreSQL: how long a transaction may stand still, in seconds; 0 is no limit. The default is 60.
  LOG_LEVEL: How much is logged. One of fatal, error, warn, info, debug, trace, silent. The default is info.
  WEBHOOK_SECRETS: Standard Webhooks secrets (whsec_…) that sign exam results; several, with commas, while one is replaced. The default is empty.
  ADAPTER_TOKENS: Tokens of the vendors that are polled: adapter=token, several with commas. The default is empty.
  SMTP_URL: The mail server: smtp:// (with STARTTLS, but on this machine) or smtps://, user:password@, host and port. Without it, mails are files. The default is empty.
  MAIL_FROM: Who sends mails: an address, or Name <address>. The programme’s issuer when empty. The default is empty.
  MAIL_DKIM_SELECTOR: The DKIM selector, under which DNS has the public half of that key. The default is blazon.
  TRUSTED_PROXIES: The proxies whose X-Forwarded-For is believed: addresses and ranges (203.0.113.0/24), with commas; private is this machine and private networks, none trusts no proxy (docs/proxies.md). The default is private.`,
  )
  t.end()
})

async function refusalToOpen(t: Test, changes: Record<string, string>) {
  const { url } = await sqliteDatabase(t)
  const config = readConfig({
    PUBLIC_URL: publicUrl,
    DATABASE_URL: url,
    KEYS_DIR: testKeys,
    PROGRAMME_FILE: examplesProgramme,
    LOG_LEVEL: 'silent',
    ...changes,
  })
  const opened = openBlazon(config)
  opened.then((blazon) => blazon.close()).catch(() => {})
  return opened.then(
    () => 'It opened.',
    (error: unknown) => explain(error),
  )
}

t.test('what cannot be opened says which setting leads to it', async (t) => {
  const opened: [Record<string, string>, RegExp][] = [
    [{ KEYS_DIR: '/nowhere' }, /^[^\n]*\/nowhere[^\n]*KEYS_DIR/],
    [{ KEYS_DIR: './keys.example' }, /holds the example keys.*set KEYS_DIR\.$/],
    [
      { PROGRAMME_FILE: '/nowhere.json' },
      /\/nowhere\.json cannot be read\. Check PROGRAMME_FILE\.$/,
    ],
    [{ ADAPTERS_DIR: '/nowhere' }, /^The folder \/nowhere cannot be read\. Check ADAPTERS_DIR\.$/],
    [{ DATABASE_URL: 'sqlite:/dev/null/a.db' }, /^The database file .* Check DATABASE_URL/],
    [
      { DATABASE_URL: 'postgres://127.0.0.1:1/a' },
      /^The database cannot be reached: .*DATABASE_URL\.$/,
    ],
  ]
  for (const [changes, words] of opened) {
    const said = await refusalToOpen(t, changes)
    t.match(said, words, JSON.stringify(changes))
    t.notMatch(said, /\n {4}at /, 'no stack')
  }
})
