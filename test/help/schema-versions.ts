import { createHash } from 'node:crypto'
import {
  DummyDriver,
  Kysely,
  type Migration,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { migrations } from '../../src/storage/migrations/migrations.ts'

/** All migrations, oldest first. */
export const versions = Object.keys(migrations(true)).toSorted()

/** The statements of one migration, as it runs on an empty database. */
export async function statementsOf(name: string, sqlite: boolean): Promise<string[]> {
  const texts: string[] = []
  const db = new Kysely<unknown>({
    dialect: {
      createAdapter: () => (sqlite ? new SqliteAdapter() : new PostgresAdapter()),
      createDriver: () => new DummyDriver(),
      createIntrospector: (of) =>
        sqlite ? new SqliteIntrospector(of) : new PostgresIntrospector(of),
      createQueryCompiler: () => (sqlite ? new SqliteQueryCompiler() : new PostgresQueryCompiler()),
    },
    log: ({ query }) => {
      texts.push(query.sql.replace(/\s+/g, ' ').trim())
    },
  })
  const all: Record<string, Migration> = migrations(sqlite)
  await all[name]?.up(db)
  return texts
}

/** The hash by which a released migration is recognised: that of its statements on both databases. */
export async function hashOf(name: string): Promise<string> {
  const both = [await statementsOf(name, true), await statementsOf(name, false)]
  return createHash('sha256').update(JSON.stringify(both)).digest('hex')
}
