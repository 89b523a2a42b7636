import type { KyselyPlugin, PluginTransformQueryArgs, PluginTransformResultArgs } from 'kysely'
import type { Keyring } from '../../src/signing/keyring.ts'

/** The process dies here: whatever runs next in it must not matter. */
export class Crash extends Error {}

/** Counts the steps of storage and signing, and dies at one of them. */
export type Fuse = { steps: number; at: number; names: string[] }

function step(fuse: Fuse, name: string) {
  fuse.steps += 1
  fuse.names.push(name)
  if (fuse.steps >= fuse.at) throw new Crash(`died at step ${fuse.steps}: ${name}`)
}

/** Dies before a statement runs, or after it ran: both are steps. */
export function statements(fuse: Fuse): KyselyPlugin {
  return {
    transformQuery({ node }: PluginTransformQueryArgs) {
      step(fuse, `before ${node.kind}`)
      return node
    },
    async transformResult({ result }: PluginTransformResultArgs) {
      step(fuse, 'after a statement')
      return result
    },
  }
}

/** Dies before a signature is made, or after. */
export function signatures(fuse: Fuse, keyring: Keyring): Keyring {
  return {
    ...keyring,
    sign: (key, data) => {
      step(fuse, 'before signing')
      const signature = keyring.sign(key, data)
      step(fuse, 'after signing')
      return signature
    },
    signJws: async (key, header, payload) => {
      step(fuse, 'before signing a JWS')
      const jws = await keyring.signJws(key, header, payload)
      step(fuse, 'after signing a JWS')
      return jws
    },
  }
}
