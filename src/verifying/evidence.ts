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

/** What a verdict rests on besides the bytes: who the issuer is, its keys, its record of revocations, the time. */
export type Evidence = {
  did: string
  keys: IssuerKey[]
  keySets: KeySet[]
  /** Keys that the issuer has withdrawn, because somebody else may have them. */
  withdrawn: WithdrawnKey[]
  status: (of: 'credential' | 'assertion', uuid: string) => Promise<Status | undefined>
  /** An ISO instant with `Z`. */
  now: string
}
