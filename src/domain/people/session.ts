/** A browser that is signed in. Instants are ISO with `Z`. */
export type Session = {
  id: string
  accountId: string
  /** The name that its owner recognises: `Firefox on Windows`. */
  agent: string
  createdAt: string
  /** When its secret was last changed. */
  rotatedAt: string
  seenAt: string
  expiresAt: string
}

/** How long an unused session lives, how long one secret of it serves, and how long its previous secret still works. */
export const sessionIdle = 'PT720H'
export const sessionSecretLife = 'PT24H'
export const sessionGrace = 'PT1M'

/** Browser and system of a `User-Agent` header, without versions: enough to recognise a session, and to bind it to. */
export function agentOf(header: string | undefined): string {
  const text = header ?? ''
  const browser = browsers.find(([, sign]) => sign.test(text))?.[0] ?? unknownBrowser
  const system = systems.find(([, sign]) => sign.test(text))?.[0]
  return system ? `${browser} on ${system}` : browser
}

const unknownBrowser = 'A browser'

/** Browser and system of an answer of `agentOf`; unknown ones are absent. */
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
