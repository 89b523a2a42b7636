import type { AchievementView, IssuerView } from '../../../schemas/view.ts'
import { check } from '../../credentials/check.ts'
import { writeDidDocument, writeJwk, writeJwkSet } from '../../credentials/key-documents.ts'
import {
  writeBadgeClass,
  writeCryptographicKey,
  writeIssuerProfile,
} from '../../credentials/open-badges-2.ts'
import { writeAchievementDocument, writeProfileDocument } from '../../credentials/open-badges-3.ts'
import { findAchievement, offered } from '../../domain/programme/programme.ts'
import { viewAchievement, viewIssuer } from '../../domain/programme/programme-views.ts'
import type { Tools } from '../tools/tools.ts'

/** Documents without personal data, which always answer; undefined for an unknown key, achievement or version. */
type Answer = Promise<object | undefined>

/** The badge class of one version, for one RSA key. */
export async function showBadgeClass(
  tools: Tools,
  key: string,
  achievement: string,
  version: number,
): Answer {
  const found = await findVersion(tools, achievement, version)
  if (!found || !tools.keyring.rsaKeys.includes(key)) return undefined
  return check(
    'badge-class',
    writeBadgeClass(found.programme, version, achievement, key, tools.addresses),
  )
}

/** The Open Badges 2.0 issuer of one RSA key. */
export async function showIssuerProfile(
  { keyring, programmes, addresses }: Tools,
  key: string,
): Answer {
  if (!keyring.rsaKeys.includes(key)) return undefined
  return check(
    'issuer-profile',
    writeIssuerProfile(
      programmes.current().programme,
      { id: key, published: keyring.publicPem(key) !== undefined },
      addresses,
    ),
  )
}

/** The public half of one RSA key; undefined once it is compromised. */
export async function showCryptographicKey({ keyring, addresses }: Tools, key: string): Answer {
  const pem = keyring.publicPem(key)
  if (!pem) return undefined
  return check('cryptographic-key', writeCryptographicKey(key, pem, addresses))
}

/** One version of an achievement, as Open Badges 3.0. */
export async function showAchievement(tools: Tools, achievement: string, version: number): Answer {
  const found = await findVersion(tools, achievement, version)
  return found && writeAchievementDocument(found.programme, version, achievement, tools.addresses)
}

/** The issuer, as Open Badges 3.0. */
export async function showProfile({ programmes, addresses }: Tools): Promise<object> {
  return check('profile', writeProfileDocument(programmes.current().programme, addresses))
}

/** The DID document with every published key. */
export function showDidDocument({ keyring, addresses }: Tools): object {
  return writeDidDocument(keyring.published, addresses)
}

/** Every published key. */
export function showJwkSet({ keyring, addresses }: Tools): object {
  return writeJwkSet(keyring.published, addresses)
}

/** One key. */
export function showJwk({ keyring, addresses }: Tools, id: string): object | undefined {
  const key = keyring.published.find((each) => each.id === id)
  return key && writeJwk(key, addresses)
}

/** One achievement for its page. */
export async function showAchievementView(
  tools: Tools,
  achievement: string,
  version: number,
): Promise<AchievementView | undefined> {
  const found = await findVersion(tools, achievement, version)
  return found && viewAchievement(found.programme, version, achievement, tools.addresses)
}

/** The issuer and the achievements that can be earned now, for the home page. */
export function showIssuerView({ programmes, addresses }: Tools): {
  issuer: IssuerView
  achievements: AchievementView[]
} {
  const { programme, version } = programmes.current()
  return {
    issuer: viewIssuer(programme, addresses),
    achievements: offered(programme).map(({ id }) =>
      viewAchievement(programme, version, id, addresses),
    ),
  }
}

/** A programme version, if it has this achievement. */
export async function findVersion({ db, programmes }: Tools, achievement: string, version: number) {
  const found = await programmes.at(db, version)
  return found && findAchievement(found.programme, achievement) ? found : undefined
}
