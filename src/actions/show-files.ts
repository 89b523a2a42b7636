import { bakePng } from '../baking/png.ts'
import { bakeSvgAssertion, bakeSvgCredential } from '../baking/svg.ts'
import { check } from '../credentials/check.ts'
import { writeAssertion, writeRevokedAssertion } from '../credentials/open-badges-2.ts'
import { badgeState } from '../domain/badge.ts'
import { type At, type Found, findShown, type Visitor } from './show-badge.ts'
import { assertionJws, credentialJson, credentialJwt } from './signed-forms.ts'
import type { Tools } from './tools.ts'

/** The forms of a badge that are files. */
export const fileForms = [
  'credential.json',
  'credential.jwt',
  'assertion.jws',
  'badge.png',
  'badge.svg',
  'badge-ob2.svg',
  'picture.png',
] as const
export type FileForm = (typeof fileForms)[number]

/** A form's bytes; `gone` with bytes where a revoked badge still answers something. */
export type File = { kind: 'hidden' } | { kind: 'gone' | 'shown'; bytes: string | Buffer }

/** One form of a badge for a visitor, as the response matrix has it. */
export async function showFile(
  tools: Tools,
  slug: string,
  form: FileForm,
  visitor: Visitor,
): Promise<File> {
  const found = await findShown(tools, { slug }, visitor)
  if (found.kind === 'hidden') return found
  if (form !== 'picture.png' && isWithoutFiles(found)) return { kind: 'hidden' }
  if (form === 'picture.png') return { kind: found.kind, bytes: await pictureOf(tools, found) }
  const baked = form.startsWith('badge')
  // Privacy, response matrix: the signed files of a public badge stay, and the lists speak; baked images are gone.
  if (baked && found.kind === 'gone') return { kind: 'gone', bytes: await tools.pictures.revoked() }
  return { kind: 'shown', bytes: await write(tools, found, form) }
}

/** A share link may show the page and no files; then they are as hidden as the badge is without it. */
function isWithoutFiles({ viewer, badge }: Found) {
  return typeof viewer === 'object' && !viewer.withFiles && badge.visibility !== 'public'
}

async function write(tools: Tools, found: Found, form: FileForm) {
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

/** The picture of a badge as it is now: plain, with a ribbon that says its state, or grey. */
export function pictureOf(
  { pictures, now }: Pick<Tools, 'pictures' | 'now'>,
  { badge, version }: Pick<Found, 'badge' | 'version'>,
): Promise<Buffer> {
  const state = badgeState(badge, now())
  if (state === 'revoked') return pictures.revoked()
  if (state === 'expired') return pictures.withRibbon(version, badge.achievement, 'Expired')
  if (state === 'suspended') return pictures.withRibbon(version, badge.achievement, 'Under review')
  return pictures.plain(version, badge.achievement)
}

/** The hosted OB 2.0 assertion: the badge's facts now, or, revoked, all but nothing (conformance 4.1, 4.2), to anybody. */
export async function showAssertion(
  tools: Tools,
  hostedId: string,
  visitor: Visitor,
): Promise<Shown> {
  const found = await findShown(tools, { hostedId } satisfies At, visitor)
  if (found.kind === 'hidden') return { found }
  if (found.badge.revokedAt)
    return { found, document: writeRevokedAssertion(hostedId, tools.addresses) }
  return {
    found,
    document: check('assertion', writeAssertion(found.badge, { form: 'hosted' }, tools.addresses)),
  }
}
type Shown = { found: { kind: 'hidden' } } | { found: Found; document: object }
