import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { issueWaiting } from '../../src/actions/intake/issue-waiting.ts'
import { reissueWithdrawn } from '../../src/actions/issuing/reissue-withdrawn.ts'
import { compromiseKeys } from '../../src/signing/change-keyring.ts'
import { onEachDatabase } from '../help/databases.ts'
import { adaptersExample, passEvent, start, testKeys, withAdapters } from '../help/start.ts'

const many = Array.from({ length: 60 }, (_, at) => at)
const passed = JSON.parse(readFileSync(join(adaptersExample, 'samples/xapi-passed.json'), 'utf8'))

/** What part of the time that work takes was the longest in which nobody else had a turn. */
async function longestPart(work: () => Promise<unknown>) {
  const begin = performance.now()
  let longest = 0
  let last = begin
  const turn = () => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }
  const timer = setInterval(turn, 1)
  await work()
  clearInterval(timer)
  turn()
  return longest / (performance.now() - begin)
}

onEachDatabase(
  t,
  'while many results or statements are taken, wait, or are issued anew, others have their turn all along',
  async (t, database) => {
    const KEYS_DIR = mkdtempSync(join(tmpdir(), 'blazon-keys-'))
    t.teardown(() => rmSync(KEYS_DIR, { recursive: true, force: true }))
    cpSync(testKeys, KEYS_DIR, { recursive: true })
    const blazon = await start(t as Test, { database, settings: { KEYS_DIR, ...withAdapters } })
    const { app, auth, tools } = blazon
    const { candidate } = passEvent()
    const lines = many.map((at) =>
      JSON.stringify(
        passEvent({ resultId: `R-${at}`, candidate: { ...candidate, id: `C-${at}` } }),
      ),
    )
    const statements = many.map((at) => ({
      ...passed,
      id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      actor: { ...passed.actor, account: { ...passed.actor.account, name: `C-${at}` } },
    }))
    const send = (url: string, type: string, payload: string) =>
      app.inject({
        method: 'POST',
        url,
        headers: { ...auth, 'content-type': type, 'x-experience-api-version': '1.0.3' },
        payload,
      })
    const works: Record<string, () => Promise<unknown>> = {
      results: () => send('/v1/exam-results', 'application/x-ndjson', lines.join('\n')),
      statements: () =>
        send('/v1/adapters/xapi/xapi/statements', 'application/json', JSON.stringify(statements)),
      'badges of a withdrawn key': async () => {
        await compromiseKeys(KEYS_DIR, ['ed25519-1'], { now: tools.now() })
        await blazon.reloadKeys()
        await reissueWithdrawn(tools, 'ed25519-1')
      },
      'results that wait': async () => {
        await tools.db.updateTable('result').set({ state: 'waiting' }).execute()
        await issueWaiting(tools)
      },
    }
    for (const [what, work] of Object.entries(works)) {
      const part = await longestPart(work)
      t.ok(part < 0.4, `${what}: ${part}`)
    }
    t.equal((await tools.db.selectFrom('badge').select('id').execute()).length, 2 * many.length)
  },
)
