import { createHash } from 'node:crypto'
import jsonld from 'jsonld'
import { contexts } from '../../schemas/contexts/catalog.ts'

/** Gives the contexts that Blazon carries, and nothing else: no network while signing or verifying. */
async function loadContext(url: string) {
  const document = contexts.get(url)
  if (!document) throw new Error(`The context ${url} is not one that Blazon carries.`)
  // `static`: jsonld may share what it made of the context between documents.
  return { contextUrl: null, documentUrl: url, document, tag: 'static' }
}

/** The document repeats like parts so that telling them apart costs more than is spent on it (RDFC-1.0, 7.1). */
export class TooMuchWork extends Error {}

/**
 * Canonical N-Quads by RDFC-1.0. Safe mode: a term that no context defines throws, instead of leaving the signature
 * (conformance 9.18, 11.11). Throws `TooMuchWork` instead of comparing more like parts than there are.
 */
export async function canonicalForm(document: object): Promise<string> {
  try {
    return await jsonld.canonize(document, {
      algorithm: 'RDFC-1.0',
      format: 'application/n-quads',
      documentLoader: loadContext,
      safe: true,
      canonizeOptions: { maxWorkFactor: 1 },
    })
  } catch (error) {
    if (String((error as Error).message).startsWith('Maximum deep iterations'))
      throw new TooMuchWork('The document repeats like parts too often to be canonicalised.')
    throw error
  }
}

type Proof = Record<string, unknown>

/** The 64 bytes that eddsa-rdfc-2022 signs: SHA-256 of the canonical proof options, then of the canonical document (EDDSA 3.2). */
export async function dataToSign(document: object, proof: Proof): Promise<Buffer> {
  const { proofValue: _, ...options } = proof
  const context = (document as Record<string, unknown>)['@context']
  const [optionsForm, documentForm] = await Promise.all([
    canonicalForm({ ...options, '@context': context }),
    canonicalForm(document),
  ])
  return Buffer.concat([sha256(optionsForm), sha256(documentForm)])
}

function sha256(text: string) {
  return createHash('sha256').update(text, 'utf8').digest()
}
