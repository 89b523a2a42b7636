import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSession } from '../src/actions/holders/sign-in.ts'
import { createApiKey } from '../src/actions/operating/create-api-key.ts'
import { transaction } from '../src/actions/tools/transaction.ts'
import { readConfig } from '../src/config.ts'
import { agentOf } from '../src/domain/people/session.ts'
import { scopes } from '../src/domain/work/api-key.ts'
import { openBlazon } from '../src/main.ts'
import { migrations } from '../src/storage/migrations/migrations.ts'
import { multiply } from '../test/help/multiply.ts'
import { issueOriginals } from '../test/help/originals.ts'
import { clockAt, settingsOf } from '../test/help/start.ts'

/** The settings of a Blazon on such a database. Its keys are those of the tests. */
export const multipliedSettings = (file: string) => ({
  ...settingsOf(`sqlite:${file}`),
  MAIL_DIR: join(folder, 'mails'),
  LOG_LEVEL: 'warn',
})

const folder = join(tmpdir(), 'blazon-bench')

/** Smaller ones are made anew, in seconds. */
const kept = 50_000

/**
 * The file of a database with so many badges, most of them copies. A large one is made when it is first needed, a million in
 * minutes, and kept among the system's temporary files for later runs, which add what they issue.
 */
export async function multipliedDatabase(many: number): Promise<string> {
  const version = Object.keys(migrations(true)).at(-1)
  const file = join(folder, `badges-${many}-${version}.db`)
  if (many >= kept && existsSync(file)) return file
  const begun = `${file}.begun`
  for (const name of [begun, file])
    for (const rest of ['', '-wal', '-shm']) rmSync(`${name}${rest}`, { force: true })
  mkdirSync(join(folder, 'mails'), { recursive: true })
  const clock = clockAt(new Date().toISOString())
  const blazon = await openBlazon(readConfig(multipliedSettings(begun)), { now: clock.now })
  const key = await createApiKey(blazon.tools, { name: 'bench', scopes: [...scopes] })
  const auth = { authorization: `Bearer ${key}` }
  const originals = await issueOriginals({ ...blazon, clock, auth })
  await blazon.close()
  const progress = (made: number) => {
    if (process.stderr.isTTY) process.stderr.write(`\rmaking ${made} of ${many} badges`)
  }
  await multiply(`sqlite:${begun}`, many - originals.length, { progress })
  renameSync(begun, file)
  return file
}

/** Signs the holder of one of its badges in. Answers the cookie of the session. */
export async function signHolderIn(file: string): Promise<string> {
  const { tools, close } = await openBlazon(readConfig(multipliedSettings(file)))
  const { email } = await tools.db
    .selectFrom('account_address')
    .select('email')
    .limit(1)
    .executeTakeFirstOrThrow()
  const agent = agentOf(undefined)
  const { secret } = await transaction(tools, (tx) => openSession(tx, { email, agent }))
  await close()
  return `__Host-blazon-session=${secret}`
}
