import { bakePng } from '../../baking/png.ts'
import { bakeSvgAssertion, bakeSvgCredential } from '../../baking/svg.ts'
import { check } from '../../credentials/check.ts'
import { writeAssertion, writeRevokedAssertion } from '../../credentials/open-badges-2.ts'
import { badgeState } from '../../domain/badge/badge.ts'
import {
  type FileForm,
  isNamed,
  isPicture,
  type NamedForm,
  type PictureForm,
  type SignedForm,
  sizeOf,
} from '../../domain/badge/badge-files.ts'
import { ownerActor } from '../../domain/people/account.ts'
import { findShownBadge } from '../../storage/badges/shown-badges.ts'
import type { Found } from '../issuing/found-badge.ts'
import { findIssuedNamed, findNamed } from '../issuing/issue-named.ts'
import { assertionJws, credentialJson, credentialJwt } from '../issuing/signed-forms.ts'
import { bakedSize } from '../tools/pictures.ts'
import type { Tools } from '../tools/tools.ts'
import { type At, findShown, type Visitor } from './show-badge.ts'

/** The bytes of a form; `gone` with bytes where a revoked badge still has an answer. */
export type File = { kind: 'hidden' } | { kind: 'gone' | 'shown'; bytes: string | Buffer }

/** One form of a badge for a visitor (privacy, response matrix). */
export async function showFile(
  tools: Tools,
  slug: string,
  form: FileForm,
  visitor: Visitor,
): Promise<File> {
  const found = await findShown(tools, { slug }, visitor)
  if (found.kind === 'hidden') return found
  if (isNamed(form)) return showNamed(tools, found, form, visitor)
  if (isPicture(form)) return { kind: found.kind, bytes: await pictureOf(tools, found, form) }
  if (isWithoutFiles(found)) return { kind: 'hidden' }
  const baked = form.startsWith('badge')
  // Privacy, response matrix: signed files of a public badge stay, and status lists revoke them; baked images are gone.
  if (baked && found.kind === 'gone') return { kind: 'gone', bytes: await tools.pictures.revoked() }
  return { kind: 'shown', bytes: await write(tools, found, form) }
}

/**
 * Forms that name the holder, for the owner only: to others they are as hidden as a private badge, even if the badge is
 * public. Their credential is issued when the owner asks; an operator sees an existing one, and issues none by looking.
 */
async function showNamed(
  tools: Tools,
  found: Found,
  form: NamedForm,
  visitor: Visitor,
): Promise<File> {
  if (found.viewer !== 'owner') return { kind: 'hidden' }
  const named =
    visitor.viewer === 'owner'
      ? await findIssuedNamed(tools, found)
      : await findNamed(tools, found, ownerActor(visitor.accountId ?? ''))
  if (!named) return { kind: 'hidden' }
  return { kind: 'shown', bytes: await writeNamed(tools, named, form) }
}

/** One form of a badge's credential for another address, by that credential's id; for the owner only. */
export async function showAddressFile(
  tools: Tools,
  { slug, id }: { slug: string; id: string },
  form: SignedForm,
  visitor: Visitor,
): Promise<File> {
  const found = await findShown(tools, { slug }, visitor)
  if (found.kind === 'hidden' || found.viewer !== 'owner') return { kind: 'hidden' }
  const addressed = await findShownBadge(tools.db, { slug }, { kind: 'new-address', id })
  if (!addressed) return { kind: 'hidden' }
  return { kind: 'shown', bytes: await write(tools, { ...found, ...addressed }, form) }
}

/** Whether a share link shows the page without files; then the files are as hidden as without the link. */
export function isWithoutFiles({ viewer, badge }: Found): boolean {
  return typeof viewer === 'object' && !viewer.withFiles && badge.visibility !== 'public'
}

async function write(tools: Tools, found: Found, form: SignedForm) {
  if (form === 'credential.json') return credentialJson(found)
  if (form === 'credential.jwt') return credentialJwt(tools, found)
  if (form === 'assertion.jws') return assertionJws(tools, found)
  const { achievement } = found.badge
  if (form === 'badge.png')
    return bakePng(await tools.pictures.plain(found.version, achievement), {
      openbadges: await assertionJws(tools, found),
      openbadgecredential: credentialJson(found),
    })
  const svg = await tools.pictures.svg(found.version, achievement)
  if (form === 'badge.svg') return bakeSvgCredential(svg, { json: credentialJson(found) })
  return bakeSvgAssertion(svg, { jws: await assertionJws(tools, found) })
}

// The picture has no Open Badges 2.0 text: that text could not have the name, and would stay valid when a corrected
// name revokes the rest.
async function writeNamed(tools: Tools, named: Found, form: NamedForm) {
  if (form === 'named-credential.json') return credentialJson(named)
  if (form === 'named-credential.jwt') return credentialJwt(tools, named)
  const picture = await tools.pictures.plain(named.version, named.badge.achievement)
  return bakePng(picture, { openbadgecredential: credentialJson(named) })
}

/** The picture of a badge in its present state: plain, with a ribbon for the state, or grey. */
export function pictureOf(
  { pictures, now }: Pick<Tools, 'pictures' | 'now'>,
  { badge, version }: Pick<Found, 'badge' | 'version'>,
  form: PictureForm | 'picture.png' = 'picture.png',
): Promise<Buffer> {
  const state = badgeState(badge, now())
  const size = form === 'picture.png' ? bakedSize : sizeOf(form)
  const { achievement } = badge
  if (state === 'revoked') return pictures.revoked(size)
  if (state === 'expired') return pictures.withRibbon(version, achievement, 'Expired', size)
  if (state === 'suspended') return pictures.withRibbon(version, achievement, 'Under review', size)
  return pictures.plain(version, achievement, size)
}

/**
 * The hosted OB 2.0 assertion: the badge's present facts, or for a revoked badge almost none (conformance 4.1, 4.2),
 * for everyone. Open Badges 2.0 has no suspension, so a suspended badge has no document, and no verifier takes it for
 * valid.
 */
export async function showAssertion(
  tools: Tools,
  at: At,
  visitor: Visitor,
): Promise<ShownAssertion> {
  const found = await findShown(tools, at, visitor)
  if (found.kind === 'hidden') return { found }
  if (found.badge.revokedAt)
    return { found, document: writeRevokedAssertion(found.badge.hostedId, tools.addresses) }
  if (found.badge.suspendedAt) return { found }
  return {
    found,
    document: check('assertion', writeAssertion(found.badge, { form: 'hosted' }, tools.addresses)),
  }
}

/** The answer at the address of a hosted assertion; without a document while its badge is under review. */
export type ShownAssertion = { found: { kind: 'hidden' } } | { found: Found; document?: object }
