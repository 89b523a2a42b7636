import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { verifyCredential } from '@digitalbazaar/vc'
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list'
import { compactVerify, importJWK, importSPKI, type JWK, jwtVerify } from 'jose'
import { contexts } from '../../schemas/contexts/catalog.ts'
import { Problem } from '../problem.ts'

type Json = Record<string, string>

/**
 * Verifies a credential with @digitalbazaar/vc, which fetches our DID document and status list. Throws a Problem when
 * it refuses.
 */
export async function verifyDataIntegrity(origin: string, text: string): Promise<void> {
  const documentLoader = loader(origin)
  const suite = new DataIntegrityProof({ cryptosuite })
  const verdict = await verifyCredential({
    credential: JSON.parse(text),
    suite,
    documentLoader,
    checkStatus: (options: object) =>
      checkStatus({ ...options, suite, verifyBitstringStatusListCredential: true }),
  })
  if (!verdict.verified)
    throw new Problem(
      'invalid/refused-by-verifier',
      `@digitalbazaar/vc refuses the credential: ${verdict.error?.errors?.[0]?.message ?? verdict.error?.message}`,
    )
}

/** Verifies a VC-JWT with jose, by the key that its `kid` names. */
export async function verifyJwt(jwt: string): Promise<void> {
  const { kid } = JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString()) as {
    kid: string
  }
  const key = (await getJson(kid)) as JWK
  await jwtVerify(jwt, await importJWK(key, 'RS256'), { algorithms: ['RS256'] })
}

/** Verifies an Open Badges 2.0 JWS with jose, by the key of its badge class's issuer. */
export async function verifyJws(jws: string): Promise<void> {
  const assertion = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as {
    badge: string
  }
  const { issuer = '' } = await getJson(assertion.badge)
  const { publicKey = '' } = await getJson(issuer)
  const { publicKeyPem = '' } = await getJson(publicKey)
  await compactVerify(jws, await importSPKI(publicKeyPem, 'RS256'), { algorithms: ['RS256'] })
}

async function getJson(address: string): Promise<Json> {
  const answer = await fetch(address)
  if (!answer.ok)
    throw new Problem('invalid/unexpected-answer', `${address} answers ${answer.status}.`)
  return (await answer.json()) as Json
}

/** Loads contexts from memory, and the issuer's own documents from its address. */
function loader(origin: string) {
  return async (url: string) => {
    const document = contexts.get(url) ?? (await resolve(origin, url))
    return { contextUrl: null, documentUrl: url, document }
  }
}

async function resolve(origin: string, url: string): Promise<object> {
  if (url.startsWith(`${origin}/`)) return getJson(url)
  const did = `did:web:${new URL(origin).host.replace(':', '%3A')}`
  const document = await getJson(`${origin}/.well-known/did.json`)
  if (url === did) return document
  const methods = (document.verificationMethod ?? []) as unknown as { id: string }[]
  const method = methods.find(({ id }) => id === url)
  if (!method) throw new Problem('invalid/not-loaded', `${url} is not to be loaded.`)
  return { '@context': document['@context'], ...method }
}
