import { hash } from 'node:crypto'
import { makeShapes, type Shapes } from './shapes.ts'
import type { Slots } from './slots.ts'

type Proof = Record<string, unknown>
type Document = Record<string, unknown>

const known = makeShapes()

/** Of the canonical forms that this process made. */
export const templateCounts = known.counts

/** What differs between the credentials of one achievement, and between the status lists and proofs that Blazon makes. */
export const slots: Slots = {
  id: true,
  validFrom: true,
  validUntil: true,
  awardedDate: true,
  credentialSubject: {
    id: true,
    identifier: { identityHash: true, salt: true },
    licenseNumber: true,
    result: { value: true },
    encodedList: true,
  },
  credentialStatus: { id: true, statusListIndex: true, statusListCredential: true },
  created: true,
}

/**
 * The 64 bytes that eddsa-rdfc-2022 signs: SHA-256 of the canonical proof options, then of the canonical document
 * (EDDSA 3.2). `shapes` says whether a shape of document that is new here is learned, which costs as much as three
 * documents: `learn` for documents of our own, `known` for those of strangers, and `only` answers undefined for them.
 */
export async function dataToSign<How extends Shapes = 'known'>(
  document: object,
  proof: Proof,
  shapes: How = 'known' as How,
): Promise<How extends 'only' ? Buffer | undefined : Buffer> {
  const parts = [optionsOf(document as Document, proof), document]
  const forms = await Promise.all(parts.map((each) => known.formOf(each, slots, shapes)))
  const hashes = forms.map((form) => form && hash('sha256', form, 'buffer'))
  const data = hashes.every((each) => Buffer.isBuffer(each)) ? Buffer.concat(hashes) : undefined
  return data as How extends 'only' ? Buffer | undefined : Buffer
}

/** Learns the shapes of a document and its proof that are ours. */
export async function learnShapes(document: object, proof: Proof): Promise<void> {
  await known.learn(optionsOf(document as Document, proof), slots)
  await known.learn(document, slots)
}

function optionsOf(document: Document, { proofValue: _, ...options }: Proof) {
  return { ...options, '@context': document['@context'] }
}
