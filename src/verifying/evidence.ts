/** A public key of the issuer: its DID URL, its address, its JWK. */
export type IssuerKey = { method: string; address: string; jwk: object }

/** The OB 2.0 issuer of one RSA key: the addresses of its key document and its badge classes. */
export type KeySet = { creator: string; achievements: string; jwk: object }

/** How files name a withdrawn key. */
export type WithdrawnKey = { method: string; address: string; achievements: string }

/** The present status of a document in the issuer's record. */
export type Status = {
  revoked: boolean
  /** Whether a corrected document replaced it; the badge itself may still be valid. */
  replaced?: boolean
  suspended: boolean
}

/** The issuer with its public keys: all that judging a file's bytes needs. */
export type Issuer = {
  did: string
  keys: IssuerKey[]
  keySets: KeySet[]
  /** The keys that the issuer has withdrawn, because an attacker may hold them. */
  withdrawn: WithdrawnKey[]
}

/** A genuine document. Its status and dates decide the rest. `id` is a `urn:uuid:`. */
export type Standing = {
  of: 'credential' | 'assertion'
  id: string
  validFrom: string
  validUntil?: string
}

/** What the issuer's record says about a document, and the time: an ISO instant with `Z`. */
export type IssuerRecord = {
  status: (of: Standing['of'], uuid: string) => Promise<Status | undefined>
  now: string
}

/** The UUID of a document's id. */
export const uuidOf = (id: string): string => id.replace(/^urn:uuid:/, '')
