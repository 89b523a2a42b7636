import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { loadKeyring } from '../../src/signing/keyring.ts'
import { command } from '../help/command.ts'
import { p12 } from '../help/p12.ts'

t.setTimeout(200_000)

t.test(
  'keys: who signs PDFs is named at init, made anew, or brought as P12 with its password',
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'blazon-keys-'))
    ;(t as Test).teardown(() => rmSync(folder, { recursive: true, force: true }))
    const dir = join(folder, 'keys')
    const keys = (args: string[], input?: string) =>
      command('commands/keys.ts', [...args, '--dir', dir], {}, undefined, input)
    const name = async () => (await loadKeyring(dir)).certificate?.name
    const made = await keys(['init', '--name', 'Northwind'])
    t.match(made.out, /✓ certificate +PDF +until 20\d\d-\d\d-\d\d: Northwind/)
    t.equal(await name(), 'Northwind')
    rmSync(join(dir, 'certificate.pem'))
    t.match((await keys(['list'])).out, /✗ no certificate: PDFs go out unsigned/)
    t.match((await keys(['certificate', '--name', 'Anew'])).out, 'until')
    t.equal(await name(), 'Anew')
    const file = join(folder, 'a.p12')
    writeFileSync(file, p12('correct horse'))
    const wrong = await keys(['import-p12', file], 'battery staple\n')
    t.match(wrong, { code: 1, err: /The password does not open the file/ })
    const right = await keys(['import-p12', file], 'correct horse\n')
    t.match(right, { code: 0, out: /Northwind Certification/ })
    t.equal(await name(), 'Northwind Certification')
    t.match(await keys(['import-p12', join(folder, 'none.p12')]), {
      code: 1,
      err: /cannot be read/,
    })
  },
)
