import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { Problem } from '../problem.ts'
import {
  type Changed,
  compromiseKeys,
  initKeyring,
  rotateKeyring,
} from '../signing/change-keyring.ts'
import { type Key, readKeyringFile } from '../signing/keyring-file.ts'
import { run, say, tick } from './terminal.ts'

const help = `npm run keys -- init --dir DIR
npm run keys -- list [--dir DIR]
npm run keys -- rotate [--dir DIR]
npm run keys -- compromise KEY... --yes [--dir DIR]

init        makes a new key ring in DIR: Ed25519 for Open Badges 3.0 credentials, RSA for the JWS forms, and the next one
            of each. Keep DIR out of version control, back it up, and let only Blazon read it.
list        shows every key and its state
rotate      lets the next keys sign and retires the active ones; what they signed stays valid for ever
compromise  withdraws keys that somebody else may have: what they signed is no longer believed, and a running Blazon
            issues every badge that rests on them anew. This cannot be taken back, so it wants --yes.

A running Blazon takes up a changed ring within half a minute, without a restart; SIGHUP makes it look at once.

  --dir DIR   the folder of the ring; KEYS_DIR by default, but for init
  --yes       withdraw the keys
  --help      this text`

run(async () => {
  const { values, positionals } = parse()
  if (values.help) return say(help)
  const [verb, ...keys] = positionals
  const now = new Date().toISOString()
  if (verb === 'init' && keys.length === 0 && values.dir) return init(values.dir, now)
  const dir = values.dir ?? readConfig().keysDir
  if (verb === 'list' && keys.length === 0) return list((await readKeyringFile(dir)).file.keys)
  if (verb === 'rotate' && keys.length === 0) return rotated(await rotateKeyring(dir, { now }))
  if (verb !== 'compromise' || keys.length === 0)
    throw new Problem('invalid', `Say what to do.\n\n${help}`)
  if (!values.yes)
    throw new Problem(
      'invalid',
      `${keys.join(' and ')} would be withdrawn for good, and every badge that rests on ${keys.length > 1 ? 'them' : 'it'} issued anew. Nothing was changed; if you mean it, add --yes.`,
    )
  compromised(await compromiseKeys(dir, keys, { now }))
})

async function init(dir: string, now: string) {
  list(await initKeyring(dir, { now }))
  say(`\nThe key ring is in ${dir}. Next: back it up, then start with KEYS_DIR=${dir} npm start`)
}

function rotated({ before, after }: Changed) {
  list(after)
  const known = new Set(before.map(({ id }) => id))
  say('\nA running Blazon signs with the new keys within half a minute. Next: back the ring up.')
  if (after.some(({ id, state }) => state === 'active' && !known.has(id)))
    say(
      'The ring had no next keys, so the new ones were not published before they sign: a verifier that keeps our list of keys\nmay not know them until it asks again. From now on the next keys are published ahead.',
    )
}

function compromised({ after }: Changed) {
  list(after)
  say(
    '\nA running Blazon withdraws the keys within half a minute, and two minutes later begins to issue the badges that rest on\nthem anew. Watch it: npm run jobs -- --kind reissue. Next: back the ring up, and find out how the key got out.',
  )
}

function list(keys: Key[]) {
  const meaning = {
    next: 'next: published, signs after the next rotation',
    active: 'active: signs',
    retired: 'retired: signs no more, published for ever',
    compromised: 'compromised: withdrawn',
  }
  for (const { id, algorithm, state, since, createdAt } of keys)
    tick(
      `${id.padEnd(12)} ${algorithm.padEnd(8)} ${(since ?? createdAt).slice(0, 10)}  ${meaning[state]}`,
    )
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        dir: { type: 'string' },
        yes: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new Problem('invalid', `${(error as Error).message}\n\n${help}`)
  }
}
