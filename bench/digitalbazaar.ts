import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import { generate } from '@digitalbazaar/ed25519-multikey'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import { issue, verifyCredential } from '@digitalbazaar/vc'
import { contexts } from '../schemas/contexts/catalog.ts'
import type { Side } from './pairs.ts'
import { inTurn, repeat } from './repeat.ts'

export type DidDocument = { '@context': string[]; id: string; verificationMethod: { id: string }[] }

/** `issue` alone, in process: no check, no record, no HTTP. It signs our credentials without their proofs. */
export async function issueSide(credentials: object[], { id: controller }: DidDocument) {
  const key = await generate({ id: `${controller}#bench`, controller })
  const suite = new DataIntegrityProof({ cryptosuite, signer: key.signer() })
  const unsigned = credentials.map((each) => ({ ...each, proof: undefined }))
  const side: Side = (milliseconds) =>
    repeat(milliseconds, async (turn) => {
      const { proof: _, ...credential } = inTurn(unsigned, turn)
      const signed = await issue({ credential, suite, documentLoader: loadContext })
      if (!('proof' in signed)) throw new Error('@digitalbazaar/vc made no proof')
    })
  return side
}

/** `verifyCredential` alone, in process. It assumes that the status is valid, while our side looks it up. */
export function verifySide(credentials: object[], did: DidDocument): Side {
  const suite = new DataIntegrityProof({ cryptosuite })
  const checkStatus = async () => ({ verified: true })
  const documentLoader = async (url: string) => resolve(did, url) ?? loadContext(url)
  return (milliseconds) =>
    repeat(milliseconds, async (turn) => {
      const credential = inTurn(credentials, turn)
      const { verified, error } = await verifyCredential({
        credential,
        suite,
        checkStatus,
        documentLoader,
      })
      if (!verified) throw new Error(`@digitalbazaar/vc refuses our badge: ${error?.message}`)
    })
}

async function loadContext(url: string) {
  const document = contexts.get(url)
  if (!document) throw new Error(`${url} is not to be loaded`)
  return { contextUrl: null, documentUrl: url, document }
}

function resolve(did: DidDocument, url: string) {
  const method = did.verificationMethod.find(({ id }) => id === url)
  const document = url === did.id ? did : method && { '@context': did['@context'], ...method }
  return document && { contextUrl: null, documentUrl: url, document }
}
