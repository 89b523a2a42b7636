import { createHash } from 'node:crypto'
import { contexts } from '../../schemas/contexts/catalog.ts'

/** Answers the contexts that Blazon carries, and no others: signing and verifying use no network. */
async function loadContext(url: string) {
  const document = contexts.get(url)
  if (!document) throw new Error(`The context ${url} is not one that Blazon carries.`)
  // `static`: jsonld may share the processed context between documents.
  return { contextUrl: null, documentUrl: url, document, tag: 'static' }
}

/** The document has so many similar parts that distinguishing them costs more than the limit (RDFC-1.0, 7.1). */
export class TooMuchWork extends Error {}

/**
 * Canonical N-Quads by RDFC-1.0. Safe mode: a term that no context defines throws, instead of being left out of the
 * signature (conformance 9.18, 11.11). Throws `TooMuchWork` instead of comparing more similar parts than the limit
 * allows.
 */
export async function canonicalForm(document: object): Promise<string> {
  // Loaded when first needed: most commands and requests need none of it.
  const { default: jsonld } = await import('jsonld')
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

/**
 * The 64 bytes that eddsa-rdfc-2022 signs: SHA-256 of the canonical proof options, then of the canonical document
 * (EDDSA 3.2).
 */
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
