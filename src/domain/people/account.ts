/** Somebody who proved that at least one e-mail address is theirs. What exam systems know of people is in `person.ts`. */
export type Account = { id: string; createdAt: string; addresses: Address[] }

/** An address that its owner has proved, in its normal form. One of them is the main one, where mail goes. */
export type Address = { email: string; verifiedAt: string; main: boolean }

/** What a mailed link is for: to sign in, to claim a badge, to prove another address. */
export type LinkPurpose = 'sign-in' | 'claim' | 'address'

/** A mailed link; only its hash is kept. */
export type MailLink = {
  purpose: LinkPurpose
  email: string
  badgeId: string | null
  accountId: string | null
  createdAt: string
  expiresAt: string
  spentAt: string | null
}

/** How long each link can be spent, as ISO durations. Claim mails are opened days later; a spent or old link offers a new one. */
export const linkLives: Record<LinkPurpose, string> = {
  'sign-in': 'PT15M',
  claim: 'PT336H',
  address: 'PT24H',
}

/** A browser that is signed in. Instants are ISO with `Z`. */
export type Session = {
  id: string
  accountId: string
  /** What its owner knows it by: `Firefox on Windows`. */
  agent: string
  createdAt: string
  /** When its secret was last changed. */
  rotatedAt: string
  seenAt: string
  expiresAt: string
}

/** How long a session lives without being used, how long one secret of it serves, and how long the one before still does. */
export const sessionIdle = 'PT720H'
export const sessionSecretLife = 'PT24H'
export const sessionGrace = 'PT1M'

/** The browser and system that a `User-Agent` header tells of, without versions: enough to know one's own by, and to bind to. */
export function agentOf(header: string | undefined): string {
  const text = header ?? ''
  const browser = browsers.find(([, sign]) => sign.test(text))?.[0] ?? unknownBrowser
  const system = systems.find(([, sign]) => sign.test(text))?.[0]
  return system ? `${browser} on ${system}` : browser
}

const unknownBrowser = 'A browser'

/** The two in what `agentOf` said; nothing for what is not known. */
export function partsOfAgent(agent: string): { browser?: string; system?: string } {
  const [browser = '', system] = agent.split(' on ')
  return { ...(browser !== unknownBrowser && { browser }), ...(system && { system }) }
}

const browsers: [string, RegExp][] = [
  ['Edge', /Edg(e|A|iOS)?\//],
  ['Opera', /OPR\//],
  ['Samsung Internet', /SamsungBrowser\//],
  ['Firefox', /Firefox\/|FxiOS\//],
  ['Chrome', /(Headless)?Chrome\/|CriOS\//],
  ['Safari', /Safari\//],
]
const systems: [string, RegExp][] = [
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Android', /Android/],
  ['Windows', /Windows/],
  ['Mac', /Mac OS X/],
  ['Linux', /Linux/],
]

/** How the audit log names the person who is signed in. */
export function ownerActor(accountId: string): string {
  return `account:${accountId}`
}
