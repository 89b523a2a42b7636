import { checkOf } from '../schemas/check-of.ts'
import { areProxies, proxiesIn } from './access/proxies.ts'
import { type FieldError, Problem } from './problem.ts'
import { defaults, expected, isOrigin, isServer, Settings, tokensIn } from './settings.ts'

/** The settings as Blazon uses them. */
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

const check = checkOf(Settings, { name: 'Settings' })

/**
 * Reads all settings, by default from the environment of the process. Throws one Problem that names every wrong
 * setting.
 */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const settings: Settings = { ...defaults, ...given(environment) }
  if (settings.PUBLIC_URL === defaults.PUBLIC_URL)
    settings.PUBLIC_URL = `http://localhost${settings.PORT === '80' ? '' : `:${settings.PORT}`}`
  const errors = mistakesIn(settings, environment)
  if (errors.length > 0)
    throw new Problem(
      'invalid/settings-unusable',
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
    adapterTokens: tokensIn(settings.ADAPTER_TOKENS),
    smtpUrl: settings.SMTP_URL,
    mailFrom: settings.MAIL_FROM,
    mailDir: settings.MAIL_DIR,
    mailDkimKey: settings.MAIL_DKIM_KEY,
    mailDkimSelector: settings.MAIL_DKIM_SELECTOR,
  })
}

function mistakesIn(
  settings: Settings,
  environment: Record<string, string | undefined>,
): FieldError[] {
  const named = check(settings).map(({ path }) => path.slice(1) as keyof Settings)
  // A default is correct by itself: a wrong PORT in it is a mistake of PORT.
  const wrong = new Set(named.filter((name) => environment[name]))
  if (environment.PUBLIC_URL && !isOrigin(settings.PUBLIC_URL)) wrong.add('PUBLIC_URL')
  if (settings.SMTP_URL && !isServer(settings.SMTP_URL)) wrong.add('SMTP_URL')
  if (!areProxies(settings.TRUSTED_PROXIES)) wrong.add('TRUSTED_PROXIES')
  if (Number(settings.PORT) > 65535) wrong.add('PORT')
  return [...wrong].map((name) => ({ path: name, code: 'bad-setting', message: expected(name) }))
}

/** The settings that the environment has; an empty one counts as absent. */
function given(environment: Record<string, string | undefined>) {
  return Object.fromEntries(
    Object.keys(Settings.properties).flatMap((name) => {
      const value = environment[name]
      return value === undefined || value === '' ? [] : [[name, value]]
    }),
  )
}
