import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { Problem } from '../problem.ts'
import { importCertificate, renewCertificate, usualName } from '../signing/change-certificate.ts'
import {
  type Changed,
  compromiseKeys,
  expectKeys,
  initKeyring,
  renewSecret,
  rotateKeyring,
} from '../signing/change-keyring.ts'
import {
  type DocumentCertificate,
  readDocumentCertificate,
} from '../signing/document-certificate.ts'
import { type Key, readKeyringFile } from '../signing/keyring-file.ts'
import { askPassword } from './ask-password.ts'
import { requireInstallationRing } from './installation-database.ts'
import { cross, run, say, tick } from './terminal.ts'

const help = `npm run keys -- init --dir DIR [--name NAME]
npm run keys -- list [--dir DIR]
npm run keys -- rotate [--dir DIR]
npm run keys -- certificate [--name NAME] [--dir DIR]
npm run keys -- import-p12 FILE [--dir DIR]
npm run keys -- identity [--dir DIR]
npm run keys -- compromise KEY... --yes [--dir DIR]

init        makes a new key ring in DIR: Ed25519 for Open Badges 3.0 credentials, RSA for the JWS forms, the next one of
            each, and a self-signed certificate for PDFs. Keep DIR out of version control, back it up, and let only Blazon
            read it.
list        shows every key and its state
rotate      lets the next keys sign and retires the active ones; what those signed stays valid
certificate makes a new self-signed certificate, for ten years; NAME is the signer, best the issuer
import-p12  imports the certificate of a P12 file; the command asks for its password, or reads it from the standard input
identity    makes another identity.key when no backup has it; docs/keys.md says what is lost with it
compromise  withdraws keys that an attacker may have: what they signed no longer verifies, and a running Blazon reissues
            every badge that they signed. This cannot be undone, so it needs --yes.

A running Blazon reloads a changed ring within half a minute, without a restart; on SIGHUP at once. If there is a
database at DATABASE_URL, a ring can be changed only with the settings of npm start.

  --dir DIR   the folder of the ring; KEYS_DIR by default, except for init
  --name NAME the name in the self-signed certificate; “Blazon certificates” by default
  --yes       withdraw the keys
  --help      this text`

run(async () => {
  const { values, positionals } = parse()
  if (values.help) return say(help)
  const [verb, ...keys] = positionals
  const now = new Date().toISOString()
  if (verb === 'init' && keys.length === 0 && values.dir)
    return init(values.dir, { now, ...(values.name && { name: values.name }) })
  const config = readConfig()
  const dir = values.dir ?? config.keysDir
  if (verb === 'list' && keys.length === 0) return listAll(dir)
  if (verb === 'rotate' && keys.length === 0) {
    await requireInstallationRing(config, dir)
    return rotated(await rotateKeyring(dir, { now }))
  }
  if (verb === 'identity' && keys.length === 0) {
    await requireInstallationRing(config, dir)
    await renewSecret(dir)
    tick('identity.key was made.')
    return say(
      '\nNext: back the ring up, and see what rests on the former one: npm run installation',
    )
  }
  if (verb === 'certificate' && keys.length === 0) {
    await requireInstallationRing(config, dir)
    await renewCertificate(dir, { name: values.name ?? usualName, now })
    return changedCertificate(dir)
  }
  if (verb === 'import-p12' && keys.length === 1) {
    const file = keys[0] ?? ''
    await requireInstallationRing(config, dir)
    await importCertificate(dir, { p12: await readBytes(file), password: await askPassword(file) })
    return changedCertificate(dir)
  }
  if (verb !== 'compromise' || keys.length === 0)
    throw new Problem('invalid/usage', `Say what to do.\n\n${help}`)
  await expectKeys(dir, keys)
  if (!values.yes)
    throw new Problem(
      'invalid/not-confirmed',
      `${keys.join(' and ')} would be withdrawn permanently, and every badge that ${keys.length > 1 ? 'they' : 'it'} signed reissued. Nothing was changed; if you mean it, add --yes.`,
    )
  await requireInstallationRing(config, dir)
  compromised(await compromiseKeys(dir, keys, { now }))
})

async function init(dir: string, { now, name = usualName }: { now: string; name?: string }) {
  await initKeyring(dir, { now, name })
  await listAll(dir)
  say(`\nThe key ring is in ${dir}. Next: back it up, then start with KEYS_DIR=${dir} npm start`)
}

function rotated({ before, after }: Changed) {
  list(after)
  const known = new Set(before.map(({ id }) => id))
  say('\nA running Blazon signs with the new keys within half a minute. Next: back the ring up.')
  if (after.some(({ id, state }) => state === 'active' && !known.has(id)))
    say(
      'The ring had no next keys, so the new ones sign before they were published: a verifier that caches our list of keys\nmay not know them until it fetches the list again. From now on the next keys are published ahead.',
    )
}

function compromised({ after }: Changed) {
  list(after)
  say(
    '\nA running Blazon withdraws the keys within half a minute, and two minutes later begins to reissue the badges that\nthey signed. Watch it: npm run jobs -- --kind reissue. Next: back the ring up, and find out how the key leaked.',
  )
}

async function listAll(dir: string) {
  list((await readKeyringFile(dir)).file.keys)
  certificateLine(await readDocumentCertificate(dir))
}

async function changedCertificate(dir: string) {
  certificateLine(await readDocumentCertificate(dir))
  say('\nA running Blazon signs PDFs with it within half a minute. Next: back the ring up.')
}

function certificateLine(certificate: DocumentCertificate | undefined) {
  if (!certificate)
    return cross('no certificate: PDFs go out unsigned; npm run keys -- certificate')
  const { name, validUntil } = certificate
  tick(`${'certificate'.padEnd(12)} PDF      until ${validUntil.slice(0, 10)}: ${name}`)
}

async function readBytes(file: string) {
  return readFile(file).catch(() => {
    throw new Problem('invalid/file-unreadable', `${file} cannot be read. Check its name.`)
  })
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
        name: { type: 'string' },
        yes: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new Problem('invalid/usage', `${(error as Error).message}\n\n${help}`)
  }
}
