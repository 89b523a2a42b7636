import { planReissues } from './actions/issuing/plan-reissues.ts'
import { learnInstallation, presentInstallation } from './actions/operating/check-installation.ts'
import type { Tools } from './actions/tools/tools.ts'
import type { Config } from './config.ts'
import { explain, Problem } from './problem.ts'
import { isLoopback } from './settings.ts'
import { type Keyring, loadKeyring } from './signing/keyring.ts'

/** Reads the ring of `KEYS_DIR`. Throws a Problem when it cannot sign for `PUBLIC_URL`. */
export async function openKeyring({ keysDir, publicUrl }: Config): Promise<Keyring> {
  const keyring = await loadKeyring(keysDir)
  if (keyring.example && !isLoopback(publicUrl))
    throw new Problem(
      'invalid/example-keys-not-here',
      `${keysDir} holds the example keys, which are public; they cannot sign for ${publicUrl}. Make your own: npm run keys -- init --dir ./keys, and set KEYS_DIR.`,
    )
  return keyring
}

type Following = Pick<Tools, 'db' | 'now' | 'programmes' | 'keyring'> & {
  log: Record<'info' | 'error', (facts: object, message: string) => void>
}

/**
 * Loads the ring of `KEYS_DIR` if it changed. If it cannot be used, logs that, and the present ring stays. Work under
 * way finishes with the ring it began with: a ring object never changes, another replaces it.
 */
export async function reloadKeys(tools: Following, config: Config): Promise<void> {
  try {
    const keyring = await openKeyring(config)
    if (keyring.text === tools.keyring.text) return
    const { programme } = tools.programmes.current()
    await learnInstallation(tools.db, presentInstallation(config, keyring, programme), tools.now())
    await planReissues({ ...tools, keyring })
    tools.keyring = keyring
    const active = [keyring.active('Ed25519'), keyring.active('RS256')]
    tools.log.info({ active, withdrawn: keyring.withdrawn }, 'a changed key ring was loaded')
  } catch (error) {
    tools.log.error(
      { problem: explain(error) },
      'the changed key ring cannot be used; the old one stays in use',
    )
  }
}

/** Milliseconds until a changed ring is seen. */
export const keysPause = 20_000

/** Loads a changed ring within half a minute, or at once on SIGHUP. Answers a function that ends this. */
export function followKeys(reload: () => Promise<void>, pause = keysPause): () => void {
  const look = () => void reload()
  const timer = setInterval(look, pause).unref()
  process.on('SIGHUP', look)
  return () => {
    clearInterval(timer)
    process.off('SIGHUP', look)
  }
}
