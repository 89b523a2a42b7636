import t from 'tap'
import type { ExamResult } from '../../schemas/exam-result.ts'
import { eraseCandidate } from '../../src/actions/holders/erase-account.ts'
import { acceptExamResult } from '../../src/actions/intake/accept-exam-result.ts'
import { onEachDatabase } from '../help/databases.ts'
import type { Started } from '../help/start.ts'
import {
  personOf,
  sources,
  startWithWays,
  statementId,
  type Way,
  type WayName,
} from '../help/ways.ts'

const spellings: ((id: string) => string)[] = [
  (id) => id,
  (id) => ` ${id}\u3000`,
  (id) => id.normalize('NFD'),
  (id) => `\u00a0${id.normalize('NFD')} `,
]

const asSent = (id: string) => id
const trimmed = (id: string) => id.trim()
/** How earlier versions kept the ids of each way: of a result, of a candidate. */
const keptThen: Record<
  WayName,
  [result: (id: string) => string, candidate: (id: string) => string]
> = {
  JSON: [asSent, asSent],
  NDJSON: [asSent, asSent],
  CSV: [trimmed, trimmed],
  'an adapter': [asSent, trimmed], // the address says which result it is
  'a file of a vendor': [trimmed, trimmed],
  xAPI: [asSent, trimmed],
  'a polled feed': [trimmed, trimmed],
}

type Names = { resultId: string; candidateId: string; who: string }

const sendBy = (way: Way, { resultId, candidateId, who }: Names) =>
  way({ resultId: JSON.stringify(resultId), candidateId: JSON.stringify(candidateId), who })

/** What is on record of anybody. */
async function onRecord({ tools: { db } }: Started) {
  const found: Record<string, number> = {}
  for (const table of ['result', 'candidate', 'person', 'badge', 'result_message'] as const)
    found[table] = (await db.selectFrom(table).selectAll().execute()).length
  return found
}

const nothing = { result: 0, candidate: 0, person: 0, badge: 0, result_message: 0 }

/** The last message that was kept. */
async function lastKept({ tools: { db } }: Started): Promise<ExamResult> {
  const rows = await db.selectFrom('result_message').select('body').execute()
  return JSON.parse(rows.at(-1)?.body ?? '')
}

const erase = ({ tools }: Started, source: string, id: string) =>
  eraseCandidate(tools, { candidate: { source, id }, copies: 'keep', actor: 'operator' })

/** A way with a message that it made, so that others can be made that earlier versions would have kept of it. */
type Known = { blazon: Started; name: WayName; way: Way; message: ExamResult }

/** Keeps what an earlier version made of a message in this spelling. */
async function keepThen({ blazon, name, message }: Known, names: Names, changes: object = {}) {
  const [ofResult, ofCandidate] = keptThen[name]
  const { name: fullName, email } = personOf(names.who)
  const id = ofCandidate(names.candidateId)
  const resultId = name === 'xAPI' ? statementId(names.who) : ofResult(names.resultId)
  const candidate = { ...message.candidate, id, fullName, email }
  const old = { ...message, resultId, candidate, ...changes }
  await acceptExamResult(blazon.tools, { message: old, actor: 'webhook' })
  return id
}

const names = (at: number, spell: (id: string) => string) => ({
  resultId: spell(`Ré-${at}`),
  candidateId: spell(`Cé-${at}`),
  who: `w${at}`,
})

for (const name of Object.keys(keptThen) as WayName[])
  onEachDatabase(
    t,
    `erased people do not come back by a message again: ${name}`,
    async (t, database) => {
      const { blazon, ways } = await startWithWays(t, { database })
      const way = ways[name]
      const source = sources[name]
      await sendBy(way, names(0, asSent))
      t.match(await onRecord(blazon), { candidate: 1, badge: 1 })
      const known = { blazon, name, way, message: await lastKept(blazon) }
      await erase(blazon, source, 'Cé-0')
      for (const spell of spellings) {
        const { text } = await sendBy(way, names(0, spell))
        t.same(await onRecord(blazon), nothing, `in any spelling: ${text}`)
      }
      for (const [at, spell] of spellings.entries()) {
        await erase(blazon, source, await keepThen(known, names(at + 1, spell)))
        const { text } = await sendBy(way, names(at + 1, spell))
        t.same(await onRecord(blazon), nothing, `as an earlier version kept it: ${text}`)
      }
      for (const [at, spell] of spellings.entries()) {
        const failed = {
          outcome: 'failed',
          startedAt: '2026-11-18T01:00:00Z',
          endedAt: '2026-11-18T02:00:00Z',
        }
        const { who, ...ids } = names(at + 9, spell)
        await erase(blazon, source, await keepThen(known, { ...ids, who: `failed${at}` }, failed))
        await sendBy(way, { ...ids, resultId: `retake-${at}`, who })
        t.match(await onRecord(blazon), { candidate: at + 1, badge: 0 }, 'the wait goes on')
      }
    },
  )

onEachDatabase(
  t,
  'somebody whom an earlier version erased by rounded numbers does not come back by the exact ones',
  async (t, database) => {
    const { blazon, ways } = await startWithWays(t, { database })
    const way = ways['a polled feed']
    await sendBy(way, names(0, asSent))
    const message = await lastKept(blazon)
    await erase(blazon, 'certiverse', 'Cé-0')
    const known = { blazon, name: 'a polled feed' as const, way, message }
    const rounded = (id: string) => String(Number(id))
    for (const [at, id] of ['90071992547409931', '1234567890123456789012345'].entries()) {
      const who = `w${at + 1}`
      const then = { resultId: rounded(id), candidateId: rounded(id), who }
      await erase(blazon, 'certiverse', await keepThen(known, then))
      await way({ resultId: id, candidateId: id, who })
      t.same(await onRecord(blazon), nothing, id)
    }
    const next = '90071992547409933'
    t.equal(rounded(next), rounded('90071992547409931'))
    await way({ resultId: next, candidateId: next, who: 'another' })
    t.match(await onRecord(blazon), { result: 1, badge: 1 }, 'and nobody else is taken for them')
  },
)
