import { parseArgs } from 'node:util'
import { Problem } from '../problem.ts'
import { initKeyring } from '../signing/keyring-file.ts'
import { run, say, tick } from './terminal.ts'

const help = `npm run keys -- init --dir DIR

Makes a new key ring in DIR: an Ed25519 key for Open Badges 3.0 credentials and an RSA key for the JWS forms.
Keep DIR out of version control, back it up, and let only Blazon read it.

  --dir DIR   the folder; it must not hold a key ring yet
  --help      this text`

run(async () => {
  const { values, positionals } = parse()
  if (values.help) return say(help)
  if (positionals[0] !== 'init' || positionals.length > 1 || !values.dir)
    throw new Problem('invalid', `Say what to do.\n\n${help}`)
  const keys = await initKeyring(values.dir, { now: new Date().toISOString() })
  for (const { id, algorithm } of keys) tick(`${id.padEnd(12)} ${algorithm}, active`)
  say(
    `\nThe key ring is in ${values.dir}. Next: back it up, then start with KEYS_DIR=${values.dir} npm start`,
  )
})

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { dir: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
  } catch (error) {
    throw new Problem('invalid', `${(error as Error).message}\n\n${help}`)
  }
}
