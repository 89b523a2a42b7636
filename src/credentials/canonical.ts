import { contexts } from '../../schemas/contexts/catalog.ts'

/** Answers the contexts that Blazon carries, and no others: signing and verifying use no network. */
async function documentLoader(url: string) {
  const document = contexts.get(url)
  if (!document) throw new Error(`The context ${url} is not one that Blazon carries.`)
  // `static`: jsonld may share the processed context between documents.
  return { contextUrl: null, documentUrl: url, document, tag: 'static' }
}

// Safe mode: a term that no context defines throws, instead of being left out of the signature (conformance 9.18, 11.11).
const options = { documentLoader, safe: true }

/** Loaded when it is first needed: most commands and requests need none of it. */
const library = async () => (await import('jsonld')).default

/** The document has so many similar parts that distinguishing them costs more than the limit (RDFC-1.0, 7.1). */
export class TooMuchWork extends Error {}

/**
 * Canonical N-Quads by RDFC-1.0. Throws for a term that no context defines, and `TooMuchWork` instead of comparing more
 * similar parts than the limit allows.
 */
export async function canonicalForm(document: object): Promise<string> {
  const jsonld = await library()
  try {
    return await jsonld.canonize(document, {
      ...options,
      algorithm: 'RDFC-1.0',
      format: 'application/n-quads',
      canonizeOptions: { maxWorkFactor: 1 },
    })
  } catch (error) {
    if (String((error as Error).message).startsWith('Maximum deep iterations'))
      throw new TooMuchWork('The document repeats like parts too often to be canonicalised.')
    throw error
  }
}

/** The N-Quads of a document, a line each, with labels of blank nodes as they come. */
export async function quadsOf(document: object): Promise<string[]> {
  const jsonld = await library()
  const text = await jsonld.toRDF(document, { ...options, format: 'application/n-quads' })
  return text.split('\n').filter((line) => line !== '')
}
