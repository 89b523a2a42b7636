/** A public key of the issuer: its DID URL, its address, its JWK. */
export type IssuerKey = { method: string; address: string; jwk: object }

/** The OB 2.0 issuer of one RSA key: where its key document and its badge classes are. */
export type KeySet = { creator: string; achievements: string; jwk: object }

/** What a withdrawn key is called in files. */
export type WithdrawnKey = { method: string; address: string; achievements: string }

/** The present status of a document, as the issuer's record has it. */
export type Status = {
  revoked: boolean
  /** Whether a corrected document took its place, while the badge may live on. */
  replaced?: boolean
  suspended: boolean
}

/** Who the issuer is and which keys it has, public halves alone: all that judging a file's bytes takes. */
export type Issuer = {
  did: string
  keys: IssuerKey[]
  keySets: KeySet[]
  /** Keys that the issuer has withdrawn, because somebody else may have them. */
  withdrawn: WithdrawnKey[]
}

/** A genuine document, whose status and dates decide the rest. `id` is a `urn:uuid:`. */
export type Standing = {
  of: 'credential' | 'assertion'
  id: string
  validFrom: string
  validUntil?: string
}

/** What the issuer's record says of a document, and the time: an ISO instant with `Z`. */
export type IssuerRecord = {
  status: (of: Standing['of'], uuid: string) => Promise<Status | undefined>
  now: string
}
