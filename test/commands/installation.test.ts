import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { readProgramme } from '../../src/actions/judging/adopt-programme.ts'
import { programmeIdentity, sampleProgramme } from '../../src/domain/work/installation.ts'
import { connectDatabase } from '../../src/storage/database.ts'
import { command } from '../help/command.ts'
import { onEachDatabase, sqliteDatabase } from '../help/databases.ts'
import { rest } from '../help/share.ts'
import { examplesProgramme, publicUrl, start } from '../help/start.ts'
import { acting, everything, installation, strangers } from './installation-scene.ts'

onEachDatabase(
  rest(t),
  'no command acts with a setting that is missing or of another installation: every row, file and mail is as before',
  async (t, database) => {
    const scene = await installation(t, database)
    const before = await everything(scene)
    // Every pair on SQLite; on PostgreSQL, whose rows the same queries write, the two that write most.
    const commands = acting(scene).slice(0, database.name === 'SQLite' ? 99 : 2)
    for (const { what, env } of await strangers(t, scene))
      for (const [file, args] of commands) {
        // With --dir, the ring is named whatever KEYS_DIR says.
        if (args.includes('--dir') && /KEYS_DIR/.test(what)) continue
        const { code, err } = await command(file, args, { ...env, PORT: '3999' })
        t.equal(code, 1, `${file} ${args.join(' ')}, ${what}`)
        t.match(err, /✗|settings|example keys|database/, `${file} ${args.join(' ')}, ${what}`)
      }
    t.strictSame(await everything(scene), before)
    for (const [file, args] of [
      ['commands/jobs.ts', []],
      ['commands/installation.ts', []],
      ['commands/keys.ts', ['list']],
    ] as const)
      t.equal((await command(file, [...args], scene.settings)).code, 0, file)
    t.strictSame(
      await everything(scene),
      before,
      'commands that read change nothing, whatever is open',
    )
  },
)

rest(t).test(
  'without DATABASE_URL, and where there is no database, commands make none',
  async (t) => {
    const scene = await installation(t as Test, await sqliteDatabase(t as Test))
    const cwd = join(scene.dir, 'empty')
    cpSync(examplesProgramme, join(cwd, 'x.json'), { recursive: true })
    const { DATABASE_URL: _, ...env } = scene.settings
    const before = await everything(scene)
    for (const [file, args] of acting(scene)) {
      // These make a database where there is none.
      if (/^main|keys|api-key|demo/.test(file)) continue
      const { code, err } = await command(file, args, env, cwd)
      t.equal(code, 1, file)
      t.match(err, /There is no (database at sqlite:\.\/data\/blazon\.db|adapter of this name)/)
    }
    for (const args of [[], ['--json']])
      t.match(await command('commands/jobs.ts', args, env, cwd), { code: 1, err: /no database/ })
    t.notOk(existsSync(join(cwd, 'data')))
    t.strictSame(await everything(scene), before)
  },
)

rest(t).test(
  'import acts where every setting agrees, and leaves a changed programme to the next start',
  async (t) => {
    const scene = await installation(t as Test, await sqliteDatabase(t as Test))
    const done = await command('commands/import.ts', [scene.rows], scene.settings)
    t.match(done, { code: 0, out: /1 row: 1 accepted/ })
    const before = (await everything(scene)).rows
    t.match(before.result?.join(), '"waiting"', 'and what waits is left to the server')
    const file = scene.settings.PROGRAMME_FILE
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('Northwind Cloud Practitioner', 'Practitioner'),
    )
    const refused = await command('commands/import.ts', [scene.rows], scene.settings)
    t.match(refused, { code: 1, err: /has changed since Blazon was started/ })
    t.strictSame((await everything(scene)).rows, before)
  },
)

onEachDatabase(
  t,
  'a start with other settings names each, and what the database belongs to',
  async (t, database) => {
    const scene = await installation(t, database)
    const { err } = await command('main.ts', [], {
      ...scene.settings,
      PUBLIC_URL: '',
      KEYS_DIR: '',
      PROGRAMME_FILE: '',
    })
    t.match(err, `PUBLIC_URL: The database belongs to ${publicUrl}, not to http://localhost:3000.`)
    t.match(
      err,
      /PROGRAMME_FILE: .*ACM of https:\/\/certification\.acme\.example; this file holds the sample programme/,
    )
    t.match(err, 'KEYS_DIR: These are the example keys, which are public')
    t.match(err, 'npm run installation -- change')
  },
)

rest(t).test(
  'an installation is changed on purpose: it says what that does, wants a yes, and then starts',
  async (t) => {
    const database = await sqliteDatabase(t as Test)
    const scene = await installation(t as Test, database)
    const moved = { ...scene.settings, PUBLIC_URL: 'https://moved.example.test' }
    const before = await everything(scene)
    const shown = await command('commands/installation.ts', [], moved)
    t.match(shown, { code: 1, out: /PUBLIC_URL: The database belongs to/ })
    const asked = await command('commands/installation.ts', ['change'], moved)
    t.match(asked, { code: 1, err: /Nothing was changed; if you mean it, add --yes/ })
    t.match(asked.out, /2 badges issued so far name https:\/\/badges\.example\.test for ever/)
    t.strictSame(await everything(scene), before)
    const changed = await command('commands/installation.ts', ['change', '--yes'], moved)
    t.match(changed, { code: 0, out: /The database belongs to https:\/\/moved\.example\.test/ })
    const { rows } = await everything(scene)
    t.match(rows.audit?.join(), 'installation.changed')
    const blazon = await start(t as Test, { database, settings: moved })
    t.equal((await blazon.app.inject('/livez')).statusCode, 200)
  },
)

rest(t).test(
  'the example keys and the sample programme are refused for good where others were known',
  async (t) => {
    const database = await sqliteDatabase(t as Test)
    const scene = await installation(t as Test, database)
    const before = await everything(scene)
    for (const sample of [{ PUBLIC_URL: '', KEYS_DIR: '' }, { PROGRAMME_FILE: '' }]) {
      const env = { ...scene.settings, ...sample }
      const { code, err } = await command('commands/installation.ts', ['change', '--yes'], env)
      t.equal(code, 1)
      t.match(err, 'the samples that come with Blazon are refused')
    }
    t.strictSame(await everything(scene), before)
    t.same(programmeIdentity(await readProgramme(examplesProgramme)), sampleProgramme)
  },
)

rest(t).test(
  'a database from before learns whom it belongs to at its first start, unless it shows another',
  async (t) => {
    const database = await sqliteDatabase(t as Test)
    const scene = await installation(t as Test, database)
    const db = await connectDatabase(database.url)
    await db.deleteFrom('installation').execute()
    await db.deleteFrom('installation_key').execute()
    await db.destroy()
    const before = (await everything(scene)).rows
    for (const change of [{ PUBLIC_URL: 'https://other.example.test' }, { PROGRAMME_FILE: '' }]) {
      const refused = await command('main.ts', [], { ...scene.settings, ...change })
      t.match(refused, { code: 1, err: /These settings are not those of the database/ })
    }
    const imported = await command('commands/import.ts', [scene.rows], scene.settings)
    t.match(imported, { code: 1, err: /Start Blazon once with these settings/ })
    t.strictSame((await everything(scene)).rows, before)
    const blazon = await start(t as Test, { database, settings: scene.settings, keepOpen: true })
    await blazon.close()
    t.match(await command('commands/installation.ts', [], scene.settings), { code: 0 })
  },
)

rest(t).test('a ring that is rotated is learned; an older copy of it is refused', async (t) => {
  const database = await sqliteDatabase(t as Test)
  const scene = await installation(t as Test, database)
  const copy = join(scene.dir, 'older')
  cpSync(scene.keys, copy, { recursive: true })
  const rotated = await command('commands/keys.ts', ['rotate'], scene.settings)
  t.equal(rotated.code, 0, rotated.err)
  const blazon = await start(t as Test, { database, settings: scene.settings, keepOpen: true })
  await blazon.close()
  const { code, err } = await command('main.ts', [], { ...scene.settings, KEYS_DIR: copy })
  t.equal(code, 1)
  t.match(err, /KEYS_DIR: This key ring lacks keys that the database knows: ed25519-2.*older copy/)
})
