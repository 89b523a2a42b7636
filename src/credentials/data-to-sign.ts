import { hash } from 'node:crypto'
import { makeShapes } from './shapes.ts'
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
 * documents: `learn` for documents of our own, `known` for those of strangers.
 */
export async function dataToSign(
  document: object,
  proof: Proof,
  shapes: 'learn' | 'known' = 'known',
): Promise<Buffer> {
  const forms = [optionsOf(document as Document, proof), document].map((each) =>
    known.formOf(each, slots, shapes),
  )
  return Buffer.concat((await Promise.all(forms)).map((text) => hash('sha256', text, 'buffer')))
}

/** Learns the shapes of a document and its proof that are ours. */
export async function learnShapes(document: object, proof: Proof): Promise<void> {
  await known.learn(optionsOf(document as Document, proof), slots)
  await known.learn(document, slots)
}

function optionsOf(document: Document, { proofValue: _, ...options }: Proof) {
  return { ...options, '@context': document['@context'] }
}
