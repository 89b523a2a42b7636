declare module '@digitalbazaar/ed25519-multikey' {
  type KeyPair = { signer(): object }
  export function generate(options: { id: string; controller: string }): Promise<KeyPair>
}
