import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { verifyCredential } from '@digitalbazaar/vc'
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list'
import { verifyCredential as verifyWithVerifierCore } from '@digitalcredentials/verifier-core'
import {
  compactVerify,
  decodeJwt,
  decodeProtectedHeader,
  importJWK,
  importSPKI,
  type JWK,
} from 'jose'
import type { Started } from '../../help/start.ts'
import { judgeLikeJava } from '../java-validator.ts'
import { judgeLikePython } from '../python-validator.ts'
import type { Json } from '../served.ts'
import { answered, documentLoader } from './offline.ts'

/** Says why it refuses a document; nothing is accepted. Libraries read the clock that `setTime` set. */
export type Verifier = (started: Started, text: string) => Promise<string[]>

/** @digitalbazaar/vc with its status list library. */
export const digitalBazaar: Verifier = async (started, text) => {
  const credential = JSON.parse(text)
  const suite = new DataIntegrityProof({ cryptosuite })
  const verdict = await verifyCredential({
    credential,
    suite,
    documentLoader: documentLoader(started),
    checkStatus: async () => ({ verified: true }), // asked below, since it would not tell
  })
  const { verified, error } = verdict
  if (verified) return credential.credentialStatus ? statusMistakes(started, credential) : []
  return (error?.errors ?? []).map(({ message }) => message).concat(error?.message ?? 'refused')
}

/** `verified` is true even when the bit is set (conformance 12.7). 1EdTech’s list is unknown to the library and read here. */
async function statusMistakes(started: Started, credential: Json): Promise<string[]> {
  const { type, id } = credential.credentialStatus
  if (type === '1EdTechRevocationList') {
    const { revokedCredential } = await answered(started, id)
    const entry = revokedCredential.find((each: Json) => each.id === credential.id)
    return entry && entry.revoked !== false ? ['it is listed as revoked'] : []
  }
  const suite = new DataIntegrityProof({ cryptosuite })
  const options = { credential, suite, documentLoader: documentLoader(started) }
  const { verified, results, error } = await checkStatus(options)
  if (!verified) return [String(error)]
  return results?.every(({ status }) => !status) ? [] : ['the bit is set']
}

/** The Digital Credentials Consortium's verifier. It wants a list of registries; we are in none, and it says so. */
export const verifierCore: Verifier = async (_started, text) => {
  const credential = JSON.parse(text)
  const { errors, log, additionalInformation } = await verifyWithVerifierCore({
    credential,
    knownDIDRegistries: [],
  })
  if (errors) return errors.map(({ name, message }) => `${name}: ${message}`)
  const asked = credential.credentialStatus?.type === 'BitstringStatusListEntry' // it skips 1EdTech’s list
  const steps = ['valid_signature', 'expiration', ...(asked ? ['revocation_status'] : [])]
  const failed = steps.filter((step) => log?.find(({ id }) => id === step)?.valid !== true)
  const schemas = additionalInformation?.find(({ id }) => id === 'schema_check')?.results ?? []
  const misfits = schemas.filter(({ result }) => !result.valid).map(({ schema }) => schema)
  return [...failed, ...misfits, ...(schemas.length === 0 ? ['no schema was checked'] : [])]
}

/** A VC-JWT with jose: the key by its `kid`, then every claim against the credential (conformance 10.6), then dates and status. */
export const jwtWithJose: Verifier = async (started, jwt) => {
  const claims = decodeJwt(jwt) as Json
  try {
    const { kid = '' } = decodeProtectedHeader(jwt)
    const jwk = (await answered(started, kid)) as JWK
    await compactVerify(jwt, await importJWK(jwk, 'RS256'), { algorithms: ['RS256'] })
    // Where the key comes from: the JWK Set at the authority of the issuer (conformance 10.5).
    const authority = String(claims.issuer.id).replace('did:web:', 'https://')
    const { keys } = await answered(started, `${authority}/.well-known/jwks.json`)
    if (!keys.some((key: JWK) => key.kid === kid)) return ['the issuer has no such key']
  } catch (error) {
    return [(error as Error).message]
  }
  const mistakes = [
    ...(claims.iss === claims.issuer.id ? [] : ['iss']),
    ...(claims.jti === claims.id ? [] : ['jti']),
    ...(claims.sub === claims.credentialSubject.id ? [] : ['sub']),
    ...(claims.nbf === Date.parse(claims.validFrom) / 1000 ? [] : ['nbf']),
    ...(claims.exp === Date.parse(claims.validUntil) / 1000 ? [] : ['exp']),
    ...(claims.nbf * 1000 <= Date.now() ? [] : ['not yet valid']),
    ...(claims.exp * 1000 >= Date.now() ? [] : ['expired']),
  ]
  if (mistakes.length > 0) return mistakes
  return statusMistakes(started, claims)
}

/** An OB 2.0 JWS with jose: the key through badge class and issuer profile, then dates and the revocation list. */
export const jwsWithJose: Verifier = async (started, jws) => {
  try {
    const assertion = decodeJwt(jws) as Json
    const badgeClass = await answered(started, assertion.badge)
    const issuer = await answered(started, badgeClass.issuer)
    if (assertion.verification.creator !== issuer.publicKey) return ['creator is not the issuer’s']
    const { publicKeyPem, owner } = await answered(started, issuer.publicKey)
    if (owner !== issuer.id) return ['the key is somebody else’s']
    await compactVerify(jws, await importSPKI(publicKeyPem, 'RS256'), { algorithms: ['RS256'] })
    const { revokedAssertions } = await answered(started, issuer.revocationList)
    const listed = revokedAssertions.some((each: Json) => (each.id ?? each) === assertion.id)
    return [
      ...(listed ? ['revoked'] : []),
      ...(Date.parse(assertion.issuedOn) <= Date.now() ? [] : ['issued in the future']),
      ...(Date.parse(assertion.expires) >= Date.now() ? [] : ['expired']),
    ]
  } catch (error) {
    return [(error as Error).message]
  }
}

const now = () => new Date().toISOString()

/** Who else judges each form. */
export const verifiers = {
  credential: {
    'Digital Bazaar': digitalBazaar,
    'verifier-core': verifierCore,
    'OB 3.0 probes': (started, text) => judgeLikeJava(started, { text }, now()),
  },
  jwt: {
    jose: jwtWithJose,
    'OB 3.0 probes': (started, text) => judgeLikeJava(started, { text }, now()),
  },
  jws: {
    jose: jwsWithJose,
    'OB 2.0 rules': (started, jws) => judgeLikePython(started, { jws }, { now: now() }),
  },
} satisfies Record<string, Record<string, Verifier>>
