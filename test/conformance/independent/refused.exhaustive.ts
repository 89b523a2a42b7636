import t, { type Test } from 'tap'
import { change, get, issue, start, testKeys } from '../../help/start.ts'
import { freshKeys, type Json, read, readForms } from '../served.ts'
import { type Art, carriers, judgedByOthers, judgedByUs } from './carriers.ts'
import { type Form, forger, symmetric, type Texts, tampered, unsecured } from './forged.ts'
import { replaceFetch, setTime } from './offline.ts'

const evil = 'did:web:evil.example.test'
const today = '2026-11-22T04:00:00Z'

type Given = { texts: Texts; dir: string; pem: string }
type Case = {
  forge?: (given: Given) => Promise<Partial<Texts>> | Partial<Texts>
  at?: string
  change?: 'revoke' | 'suspend'
  ours: string
  /** Verifiers that cannot see it, and why not. */
  blind?: RegExp
}

const named = (claims: Json) => {
  claims.issuer.id = evil
  claims.iss = evil
}
const renamed = (document: Json) => {
  document.name = 'Grand Master'
}
const narrated = (assertion: Json) => {
  assertion.narrative = 'Certification number NWC-0000-0000-00.'
}
const otherClaim = (claim: string, value: unknown): Case => ({
  forge: async ({ texts }) => ({
    jwt: await forger(texts, testKeys).jwt((claims) => {
      claims[claim] = value
    }),
  }),
  ours: 'invalid',
  // It checks signature and times only: docs/conformance.md 10.6.
  blind: /^OB 3.0 probes/,
})

const cases: Record<string, Case> = {
  '10.6 11.11 a tampered document': {
    forge: ({ texts: { credential, jwt, jws } }) => ({
      credential: credential.replaceAll('Northwind Cloud Practitioner', 'Northwind Grand Master'),
      jwt: tampered(jwt, renamed),
      jws: tampered(jws, narrated),
    }),
    ours: 'invalid',
  },
  // An hour past either end: others allow for clocks that differ by five minutes.
  '4.7 12.10 an expired badge': { at: '2028-11-22T17:00:00Z', ours: 'expired' },
  '1.9 12.10 a badge that is not yet valid': { at: '2026-11-22T01:00:00Z', ours: 'not-yet-valid' },
  '4.4 12.7 a revoked badge': { change: 'revoke', ours: 'revoked' },
  // Files carry revocation only, so nobody else can know.
  '12.10 a suspended badge': { change: 'suspend', ours: 'suspended', blind: /./ },
  '3.7 10.6 a signature by another key, under the names of ours': {
    forge: async ({ texts, dir }) => {
      const forge = forger(texts, dir)
      return {
        credential: await forge.credential(renamed),
        jwt: await forge.jwt(renamed),
        jws: await forge.jws(narrated),
      }
    },
    ours: 'invalid',
  },
  '3.7 10.5 11.5 a signature by another’s key, under its own name': {
    forge: async ({ texts, dir }) => {
      const forge = forger(texts, dir)
      const at = 'https://evil.example.test'
      return {
        credential: await forge.credential(renamed, { verificationMethod: `${evil}#ed25519-1` }),
        jwt: await forge.jwt(renamed, { kid: `${at}/keys/rsa-1` }),
        jws: await forge.jws((assertion) => {
          assertion.verification.creator = `${at}/ob2/rsa-1/key`
        }),
      }
    },
    ours: 'invalid',
  },
  '11.5 10.6 another issuer’s name over the signature of our key': {
    forge: async ({ texts }) => {
      const forge = forger(texts, testKeys)
      return {
        credential: await forge.credential((document) => {
          document.issuer.id = evil
        }),
        jwt: await forge.jwt(named),
        jws: await forge.jws((assertion) => {
          assertion.badge = 'https://evil.example.test/ob2/rsa-1/achievements/practitioner/1'
        }),
      }
    },
    ours: 'invalid',
    // Signature and times are right; it does not ask whose the key is.
    blind: /^OB 3.0 probes on the jwt/,
  },
  '3.2 3.7 a JWS of our key that names another creator': {
    forge: async ({ texts }) => ({
      jws: await forger(texts, testKeys).jws((assertion) => {
        assertion.verification.creator = 'https://badges.example.test/ob2/rsa-9/key'
      }),
    }),
    ours: 'invalid',
  },
  '3.7 10.1 a JWS with alg none': {
    forge: ({ texts: { jwt, jws } }) => ({ jwt: unsecured(jwt), jws: unsecured(jws) }),
    ours: 'invalid',
  },
  '3.7 10.1 a JWS with HS256 and the public key as its secret': {
    forge: async ({ texts: { jwt, jws }, pem }) => ({
      jwt: await symmetric(jwt, pem),
      jws: await symmetric(jws, pem),
    }),
    ours: 'invalid',
  },
  '10.6 a VC-JWT with another iss': otherClaim('iss', evil),
  '10.6 a VC-JWT with another sub': otherClaim(
    'sub',
    'urn:uuid:00000000-0000-4000-8000-000000000001',
  ),
  '10.6 a VC-JWT with another jti': otherClaim(
    'jti',
    'urn:uuid:00000000-0000-4000-8000-000000000001',
  ),
  '10.6 a VC-JWT with another nbf': otherClaim('nbf', Date.parse(today) / 1000 - 9),
  '10.6 a VC-JWT with another exp': otherClaim('exp', Date.parse(today) / 1000 + 9),
  '10.6 a VC-JWT without exp': otherClaim('exp', undefined),
  '11.1 a proof of our key for another purpose': {
    forge: async ({ texts }) => ({
      credential: await forger(texts, testKeys).credential(() => {}, {
        proofPurpose: 'authentication',
      }),
    }),
    ours: 'invalid',
  },
  '11.1 a credential without its proof': {
    forge: ({ texts }) => {
      const { proof: _, ...document } = JSON.parse(texts.credential)
      return { credential: JSON.stringify(document) }
    },
    ours: 'invalid',
  },
}

const blazon = await start(t)
replaceFetch(t, () => blazon)
setTime(t, blazon, today)
const dir = await freshKeys(t)
const { publicKeyPem: pem } = await read(blazon, '/ob2/rsa-1/key')
const art: Art = {
  png: (await get(blazon, '/ob3/achievements/practitioner/1/picture.png')).rawPayload,
  svg: await readSvg(),
}
let count = 0

for (const [title, each] of Object.entries(cases))
  t.test(`${title} is refused in every form, by us and by others`, async (t) => {
    setTime(t as Test, blazon, today)
    const badge = await nextBadge()
    const texts: Texts = await readForms(blazon, badge)
    const forged = each.forge ? await each.forge({ texts, dir, pem }) : texts
    if (each.change === 'revoke') await change(blazon, badge.id, 'revoke', { class: 'withdrawn' })
    if (each.change === 'suspend') await change(blazon, badge.id, 'suspend')
    if (each.at) setTime(t as Test, blazon, each.at)
    const changed = Object.keys(forged) as Form[]
    const concerned = Object.entries(carriers).filter(([, { forms }]) =>
      forms.some((form) => changed.includes(form)),
    )
    t.ok(concerned.length > 0)
    for (const [name, carrier] of concerned) {
      const file = carrier.pack({ ...texts, ...forged }, art)
      t.equal((await judgedByUs(blazon, file, carrier)).verdict, each.ours, name)
      for (const [who, says] of Object.entries(await judgedByOthers(blazon, file, carrier))) {
        if (!changed.some((form) => who.endsWith(form))) continue
        if (each.blind?.test(who)) t.equal(says, 'accepts', `${name}: ${who} cannot see it`)
        else t.not(says, 'accepts', `${name}: ${who}: ${says}`)
      }
    }
  })

t.test(
  '5.4 12.12 a PNG with the documents of two badges is refused by us, whole as each is',
  async (t) => {
    setTime(t as Test, blazon, today)
    const one: Texts = await readForms(blazon, await nextBadge())
    const other: Texts = await readForms(blazon, await nextBadge())
    const carrier = carriers['badge.png'] as NonNullable<(typeof carriers)[string]>
    const whole = carrier.pack(one, art)
    t.equal((await judgedByUs(blazon, whole, carrier)).verdict, 'valid')
    const mixed = carrier.pack({ ...one, jws: other.jws }, art)
    t.equal((await judgedByUs(blazon, mixed, carrier)).verdict, 'invalid')
    // Other verifiers read one chunk and know nothing of the other.
    for (const says of Object.values(await judgedByOthers(blazon, mixed, carrier)))
      t.equal(says, 'accepts')
  },
)

function nextBadge() {
  count += 1
  return issue(blazon, {
    resultId: `R-${count}`,
    candidate: { id: `C-${count}`, fullName: 'Li Na', email: 'li.na@example.com' },
  })
}

async function readSvg() {
  const { svg } = await readForms(blazon, await issue(blazon))
  return svg.replace(/<openbadges:credential>.*<\/openbadges:credential>/s, '')
}
