import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { type Static, Type } from 'typebox'
import { areProxies, proxiesIn } from './access/proxies.ts'
import { Problem } from './problem.ts'

const loopback = /^http:\/\/(localhost|127\.\d+\.\d+\.\d+)(:\d+)?$/

// Base64 of 24 bytes or more, whole: a broken secret would refuse every message without a word.
const webhookSecret = 'whsec_([A-Za-z0-9+/]{4}){8,}([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?'

// As in an Authorization header (RFC 6750, 2.1).
const adapterToken = '[a-z0-9][a-z0-9-]{0,63}=[A-Za-z0-9._~+/-]+=*'
const mailAddress = '[^\\s@<>,;:"()\\[\\]\\\\]+@[^\\s@<>,;:"()\\[\\]\\\\]+'

/** Where the database is when no setting names it. */
export const usualDatabase = 'sqlite:./data/blazon.db'

const seconds = (usual: string, what: string) =>
  Type.String({
    pattern: '^\\d{1,5}$',
    default: usual,
    description: `PostgreSQL: ${what}, in seconds; 0 is no limit.`,
  })

/** Every setting, from the environment. `description` and `default` are the README's table. */
export const Settings = Type.Object({
  PUBLIC_URL: Type.String({
    pattern:
      '^(https://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\\d{1,5})?|http://(localhost|127\\.\\d+\\.\\d+\\.\\d+)(:\\d+)?)$',
    default: 'http://localhost:PORT',
    description:
      'The origin of every address: https:// and a host, no path; http only on this machine.',
  }),
  HOST: Type.String({
    minLength: 1,
    default: '127.0.0.1',
    description: 'The interface to listen on.',
  }),
  PORT: Type.String({
    pattern: '^\\d{1,5}$',
    default: '3000',
    description: 'The port to listen on.',
  }),
  TRUSTED_PROXIES: Type.String({
    default: 'private',
    description:
      'The proxies whose X-Forwarded-For is believed: addresses and ranges (203.0.113.0/24), with commas; private is this machine and private networks, none is nobody (docs/proxies.md).',
  }),
  DATABASE_URL: Type.String({
    pattern: '^(sqlite:.+|postgres(ql)?://.+)$',
    default: usualDatabase,
    description: 'sqlite: and a file, or postgres:// and a server.',
  }),
  POSTGRES_POOL: Type.String({
    pattern: '^[1-9]\\d{0,2}$',
    default: '16',
    description: 'PostgreSQL: the connections of each process, 999 at most.',
  }),
  POSTGRES_CONNECT_TIMEOUT: seconds('10', 'how long to wait for a connection'),
  POSTGRES_STATEMENT_TIMEOUT: seconds('60', 'how long one statement may take, but for migrations'),
  POSTGRES_IDLE_TIMEOUT: seconds('60', 'how long a transaction may stand still'),
  KEYS_DIR: Type.String({
    minLength: 1,
    default: './keys.example',
    description: 'The folder of the key ring.',
  }),
  PROGRAMME_FILE: Type.String({
    minLength: 1,
    default: './programme.example/programme.json',
    description: 'The programme: issuer, exams, achievements, policies.',
  }),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    default: 'info',
    description: 'How much is logged.',
  }),
  WEBHOOK_SECRETS: Type.String({
    pattern: `^(${webhookSecret}(,${webhookSecret})*)?$`,
    default: '',
    description:
      'Standard Webhooks secrets (whsec_…) that sign exam results; several, with commas, while one is replaced.',
  }),
  ADAPTERS_DIR: Type.String({
    default: '',
    description: 'The folder of the mapping files for vendors’ results (docs/adapters.md).',
  }),
  ADAPTER_TOKENS: Type.String({
    pattern: `^(${adapterToken}(,${adapterToken})*)?$`,
    default: '',
    description: 'Tokens of the vendors that are polled: adapter=token, several with commas.',
  }),
  SMTP_URL: Type.String({
    pattern: '^(smtps?://([^\\s/@]+@)?([^\\s/@:\\[\\]]+|\\[[0-9A-Fa-f:.]+\\])(:\\d{1,5})?/?)?$',
    default: '',
    description:
      'The mail server: smtp:// (with STARTTLS, but on this machine) or smtps://, user:password@, host and port. Without it, mails are files.',
  }),
  MAIL_FROM: Type.String({
    pattern: `^([^<>\\p{Cc}]*<${mailAddress}>|${mailAddress})?$`,
    default: '',
    description:
      'Who sends mails: an address, or Name <address>. The programme’s issuer when empty.',
  }),
  MAIL_DIR: Type.String({
    minLength: 1,
    default: './data/mails',
    description: 'The folder that mails are written to as .eml without SMTP_URL.',
  }),
  MAIL_DKIM_KEY: Type.String({
    default: '',
    description: 'The file of an RSA private key (PEM) that signs mails, for DKIM.',
  }),
  MAIL_DKIM_SELECTOR: Type.String({
    pattern: '^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$',
    default: 'blazon',
    description: 'The DKIM selector, under which DNS has the public half of that key.',
  }),
})
type Settings = Static<typeof Settings>

const described = Settings.properties as unknown as Record<
  keyof Settings,
  { description: string; default: string; enum?: string[] }
>

export type Config = Readonly<{
  publicUrl: string
  host: string
  port: number
  /** As Fastify's `trustProxy` takes them. */
  trustedProxies: string[]
  databaseUrl: string
  postgres: Record<'pool' | 'connectTimeout' | 'statementTimeout' | 'idleTimeout', number>
  keysDir: string
  programmeFile: string
  logLevel: Settings['LOG_LEVEL']
  webhookSecrets: string[]
  adaptersDir: string
  adapterTokens: ReadonlyMap<string, string>
  smtpUrl: string
  mailFrom: string
  mailDir: string
  mailDkimKey: string
  mailDkimSelector: string
}>

const ajv = new Ajv({ allErrors: true })
addFormats.default(ajv)
const validate = ajv.compile(Settings)

/** Reads the settings, from the process's environment unless told otherwise. Throws one Problem that names every wrong setting. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const settings = { ...defaults(), ...given(environment) } as Settings
  if (settings.PUBLIC_URL === 'http://localhost:PORT')
    settings.PUBLIC_URL = `http://localhost${settings.PORT === '80' ? '' : `:${settings.PORT}`}`
  const mistakes = validate(settings) ? [] : (validate.errors ?? [])
  // A default is right by itself: a wrong PORT in it is the mistake of PORT.
  const named = mistakes.map((mistake) => mistake.instancePath.slice(1))
  const names = [...new Set(named)].filter((name) => environment[name])
  const errors = names.map((name) => ({ path: name, message: expected(name) }))
  if (!names.includes('PUBLIC_URL') && !isOrigin(settings.PUBLIC_URL) && environment.PUBLIC_URL)
    errors.push({ path: 'PUBLIC_URL', message: expected('PUBLIC_URL') })
  if (!names.includes('SMTP_URL') && settings.SMTP_URL && !isServer(settings.SMTP_URL))
    errors.push({ path: 'SMTP_URL', message: expected('SMTP_URL') })
  if (!areProxies(settings.TRUSTED_PROXIES))
    errors.push({ path: 'TRUSTED_PROXIES', message: expected('TRUSTED_PROXIES') })
  if (Number(settings.PORT) > 65535) errors.push({ path: 'PORT', message: expected('PORT') })
  if (errors.length > 0)
    throw new Problem(
      'invalid',
      'The settings cannot be used. Correct them in the environment and start again.',
      errors,
    )
  return Object.freeze({
    publicUrl: new URL(settings.PUBLIC_URL).origin,
    host: settings.HOST,
    port: Number(settings.PORT),
    trustedProxies: proxiesIn(settings.TRUSTED_PROXIES),
    databaseUrl: settings.DATABASE_URL,
    postgres: {
      pool: Number(settings.POSTGRES_POOL),
      connectTimeout: Number(settings.POSTGRES_CONNECT_TIMEOUT),
      statementTimeout: Number(settings.POSTGRES_STATEMENT_TIMEOUT),
      idleTimeout: Number(settings.POSTGRES_IDLE_TIMEOUT),
    },
    keysDir: settings.KEYS_DIR,
    programmeFile: settings.PROGRAMME_FILE,
    logLevel: settings.LOG_LEVEL,
    webhookSecrets: settings.WEBHOOK_SECRETS.split(',').filter((secret) => secret !== ''),
    adaptersDir: settings.ADAPTERS_DIR,
    adapterTokens: new Map(settings.ADAPTER_TOKENS.split(',').flatMap(nameAndToken)),
    smtpUrl: settings.SMTP_URL,
    mailFrom: settings.MAIL_FROM,
    mailDir: settings.MAIL_DIR,
    mailDkimKey: settings.MAIL_DKIM_KEY,
    mailDkimSelector: settings.MAIL_DKIM_SELECTOR,
  })
}

/** Whether the address is only for this machine: there, the example keys may sign. */
export function isLoopback(publicUrl: string): boolean {
  return loopback.test(publicUrl)
}

/** Ids are made from it as it is written, so it must be written as URLs write it: lower case, no usual port. */
function isOrigin(publicUrl: string) {
  return URL.canParse(publicUrl) && new URL(publicUrl).origin === publicUrl
}

function nameAndToken(pair: string): [string, string][] {
  const at = pair.indexOf('=')
  return at < 0 ? [] : [[pair.slice(0, at), pair.slice(at + 1)]]
}

/** Whether an address of a server can be read as one; a name and a password have % and two digits for what is not plain. */
function isServer(url: string) {
  if (!URL.canParse(url)) return false
  try {
    const { username, password } = new URL(url)
    decodeURIComponent(`${username}${password}`)
    return true
  } catch {
    return false
  }
}

function defaults() {
  return Object.fromEntries(
    Object.entries(described).map(([name, schema]) => [name, schema.default]),
  )
}

function given(environment: Record<string, string | undefined>) {
  return Object.fromEntries(
    Object.keys(Settings.properties).flatMap((name) => {
      const value = environment[name]
      return value === undefined || value === '' ? [] : [[name, value]]
    }),
  )
}

function expected(name: string) {
  const schema = described[name as keyof Settings]
  const values = schema.enum ? ` One of ${schema.enum.join(', ')}.` : ''
  return `${schema.description}${values} The default is ${schema.default || 'empty'}.`
}
