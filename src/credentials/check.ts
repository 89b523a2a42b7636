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
/** A document that was held against its schema. Only `check` makes one, and signing takes nothing else. */
export type Checked<Document> = Document & { readonly [checked]: true }

const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: true })
addFormats.default(ajv)
// Conformance 9.5: a date-time without zone must fail, so the format is held strictly here.
const schemas = {
  credential: ajv.compile(credentialSchema),
  profile: ajv.compile(profileSchema),
  'status-list': ajv.compile(StatusList),
  assertion: ajv.compile(Assertion),
  'badge-class': ajv.compile(BadgeClass),
  'issuer-profile': ajv.compile(IssuerProfile),
  'cryptographic-key': ajv.compile(CryptographicKey),
  'revocation-list': ajv.compile(RevocationList),
} satisfies Record<string, ValidateFunction>

export type DocumentKind = keyof typeof schemas

/** Holds a document against the official schema (ours for Open Badges 2.0, which has none). Throws with every mistake. */
export function check<Document extends object>(
  kind: DocumentKind,
  document: Document,
): Checked<Document> {
  const errors = mistakesIn(kind, document)
  if (errors.length > 0)
    throw new Problem(
      'invalid',
      `The ${kind} does not fit its schema, so it is not signed.`,
      errors,
    )
  return document as Checked<Document>
}

/** What is wrong with a document of that kind; nothing, when it fits. */
export function mistakesIn(kind: DocumentKind, document: unknown) {
  const validate = schemas[kind]
  return validate(document) ? [] : sentences(validate.errors ?? [], 'the document')
}
