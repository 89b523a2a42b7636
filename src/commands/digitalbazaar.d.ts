declare module '@digitalbazaar/vc' {
  type Verified = { verified: boolean; error?: { errors?: Error[]; message: string } }
  export function verifyCredential(options: object): Promise<Verified>
  export function issue(options: object): Promise<object>
}
declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: object)
  }
}
declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: object
}
declare module '@digitalbazaar/vc-bitstring-status-list' {
  export function checkStatus(options: object): Promise<{
    verified: boolean
    results?: { status: boolean }[]
    error?: Error
  }>
}
