import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import {
  Assertion,
  BadgeClass,
  CryptographicKey,
  IssuerProfile,
  RevocationList,
} from '../../schemas/openbadges-2.0/documents.ts'
import credentialSchema from '../../schemas/openbadges-3.0/ob_v3p0_achievementcredential_schema.json' with {
  type: 'json',
}
import profileSchema from '../../schemas/openbadges-3.0/ob_v3p0_profile_schema.json' with {
  type: 'json',
}
import { sentences } from '../../schemas/sentences.ts'
import { StatusList } from '../../schemas/status-list.ts'
import { Problem } from '../problem.ts'

declare const checked: unique symbol
/** A document that fits its schema. Only `check` makes one, and signing accepts nothing else. */
export type Checked<Document> = Document & { readonly [checked]: true }

// The official schemas are large: without inlining and optimising they compile five times faster, in a tenth of the
// memory.
const compiler = () =>
  addFormats.default(
    new Ajv2019({
      strict: false,
      allErrors: true,
      validateSchema: false,
      inlineRefs: false,
      code: { optimize: false },
    }),
  )
let ajv: Ajv2019 | undefined

const schemas = {
  credential: credentialSchema,
  profile: profileSchema,
  'status-list': StatusList,
  assertion: Assertion,
  'badge-class': BadgeClass,
  'issuer-profile': IssuerProfile,
  'cryptographic-key': CryptographicKey,
  'revocation-list': RevocationList,
} satisfies Record<string, object>

const compiled = new Map<DocumentKind, ValidateFunction>()

// Each schema is compiled for the first document of its kind, so that the start waits for none.
function validatorOf(kind: DocumentKind) {
  ajv ??= compiler()
  const validate = compiled.get(kind) ?? ajv.compile(schemas[kind])
  compiled.set(kind, validate)
  return validate
}

export type DocumentKind = keyof typeof schemas

/**
 * Checks a document against the official schema (Blazon's own for Open Badges 2.0, which has none). Throws with every
 * mistake.
 */
export function check<Document extends object>(
  kind: DocumentKind,
  document: Document,
): Checked<Document> {
  const errors = mistakesIn(kind, document)
  if (errors.length > 0)
    throw new Problem(
      'invalid/document-misfit',
      `The ${kind} does not fit its schema, so it is not signed.`,
      errors,
    )
  return document as Checked<Document>
}

/** What is wrong with a document of a kind; empty if it fits. */
export function mistakesIn(kind: DocumentKind, document: unknown) {
  const validate = validatorOf(kind)
  return validate(document) ? [] : sentences(validate.errors ?? [], 'the document')
}
