import { type Static, Type } from '../schemas/type.ts'

const loopback = /^http:\/\/(localhost|127\.\d+\.\d+\.\d+)(:\d+)?$/

// Base64 of 24 bytes or more, complete: a damaged secret would refuse every message without saying why.
const webhookSecret = 'whsec_([A-Za-z0-9+/]{4}){8,}([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?'

// As in an Authorization header (RFC 6750, 2.1).
const adapterToken = '[a-z0-9][a-z0-9-]{0,63}=[A-Za-z0-9._~+/-]+=*'
const mailAddress = '[^\\s@<>,;:"()\\[\\]\\\\]+@[^\\s@<>,;:"()\\[\\]\\\\]+'

/** The database when no setting names one. */
export const usualDatabase = 'sqlite:./data/blazon.db'

const seconds = (usual: string, what: string) =>
  Type.String({
    pattern: '^\\d{1,5}$',
    default: usual,
    description: `PostgreSQL: ${what}, in seconds; 0 is no limit.`,
  })

/** Every setting of the environment. `description` and `default` are the README's table. */
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
      'The proxies whose X-Forwarded-For is believed: addresses and ranges (203.0.113.0/24), with commas; private is this machine and private networks, none trusts no proxy (docs/proxies.md).',
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
export type Settings = Static<typeof Settings>

const described = Settings.properties as unknown as Record<
  keyof Settings,
  { description: string; default: string; enum?: string[] }
>

/** The value of each setting that the environment leaves out or empty. */
export const defaults = Object.fromEntries(
  Object.entries(described).map(([name, schema]) => [name, schema.default]),
) as Settings

/** What a setting must be, for its mistake. */
export function expected(name: keyof Settings): string {
  const schema = described[name]
  const values = schema.enum ? ` One of ${schema.enum.join(', ')}.` : ''
  return `${schema.description}${values} The default is ${schema.default || 'empty'}.`
}

/** Whether an address leads to this machine only: there, the example keys may sign. */
export function isLoopback(publicUrl: string): boolean {
  return loopback.test(publicUrl)
}

/** Ids are made of it literally, so it must be in the form of URLs: lower case, no default port. */
export function isOrigin(publicUrl: string): boolean {
  return URL.canParse(publicUrl) && new URL(publicUrl).origin === publicUrl
}

/** The pairs of `ADAPTER_TOKENS`. */
export function tokensIn(pairs: string): Map<string, string> {
  return new Map(pairs.split(',').flatMap(nameAndToken))
}

function nameAndToken(pair: string): [string, string][] {
  const at = pair.indexOf('=')
  return at < 0 ? [] : [[pair.slice(0, at), pair.slice(at + 1)]]
}

/** Whether a server's address can be parsed; in name and password, special characters are percent-encoded. */
export function isServer(url: string): boolean {
  if (!URL.canParse(url)) return false
  try {
    const { username, password } = new URL(url)
    decodeURIComponent(`${username}${password}`)
    return true
  } catch {
    return false
  }
}
