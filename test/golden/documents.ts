import { readFileSync } from 'node:fs'
import type { Test } from 'tap'
import { bakePng } from '../../src/baking/png.ts'
import { change, clockAt, get, issue, passEvent, seededRandom, start } from '../help/start.ts'

/** A PNG of one pixel, so that the golden file does not depend on how a picture is drawn. */
const onePixel = readFileSync(new URL('one-pixel.png', import.meta.url))

/** Every document that Blazon signs or serves, for one pass event, with time, randomness and keys held still. */
export async function goldenDocuments(t: Test): Promise<Map<string, string | Buffer>> {
  const blazon = await start(t, { clock: clockAt('2026-11-22T04:00:00.000Z'), random: seededRandom('golden') })
  const badge = await issue(blazon, { exam: 'PR000003' })
  const revoked = await issue(blazon, { resultId: 'R-2', candidate: { ...passEvent().candidate, id: 'C-2' } })
  await get(blazon, revoked.links.assertionJws)
  await change(blazon, revoked.id, 'revoke', { class: 'superseded' })
  const { links } = badge
  const addresses: Record<string, string> = {
    'assertion.json': links.assertion,
    'assertion-revoked.json': revoked.links.assertion,
    'assertion.jws': links.assertionJws,
    'credential.json': links.credential,
    'credential.jwt': links.credentialJwt,
    'badge.svg': links.bakedSvg,
    'badge-ob2.svg': links.bakedSvgOb2,
    'badge.html': links.page,
    'view.json': `${links.page}.json`,
    'view-revoked.json': `${revoked.links.page}.json`,
    'ob2-issuer.json': '/ob2/rsa-1/issuer',
    'ob2-key.json': '/ob2/rsa-1/key',
    'ob2-revocations.json': '/ob2/rsa-1/revocations',
    'ob2-achievement.json': '/ob2/rsa-1/achievements/solutions-architect-professional/1',
    'ob3-issuer.json': '/ob3/issuer',
    'ob3-achievement.json': '/ob3/achievements/solutions-architect-professional/1',
    'status-list.json': '/status/1',
    'did.json': '/.well-known/did.json',
    'jwks.json': '/.well-known/jwks.json',
    'openapi.json': '/openapi.json',
  }
  const documents = new Map<string, string | Buffer>()
  for (const [name, address] of Object.entries(addresses)) documents.set(name, (await get(blazon, address)).body)
  documents.set(
    'badge.png',
    bakePng(onePixel, {
      openbadges: String(documents.get('assertion.jws')),
      openbadgecredential: String(documents.get('credential.json')),
    }),
  )
  return documents
}
