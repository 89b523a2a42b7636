import fc from 'fast-check'
import type { Test } from 'tap'
import type { Programme } from '../../schemas/programme.ts'
import type { Tools } from '../../src/actions/tools/tools.ts'
import type { Database } from '../help/databases.ts'
import { changedProgramme } from '../help/programme.ts'
import { type Started, start } from '../help/start.ts'
import { decideSome, deliver, deliverDying, expected, mergeBoth, recorded } from './deliver.ts'
import { arrivals, type History, history, messagesOf } from './histories.ts'
import type { Present, Told } from './model.ts'

const variants = [
  { passOutsideWindow: 'accept', renewalAnchor: 'passDate', inclusiveEnd: 'sameDay' },
  { passOutsideWindow: 'reject', renewalAnchor: 'previousExpiry', inclusiveEnd: 'dayBefore' },
  { passOutsideWindow: 'ask', renewalAnchor: 'previousExpiry', inclusiveEnd: 'sameDay' },
] as const

/** How often each rule had a say, so that the histories cannot grow tame unseen. */
export type Tally = Record<string, number>

/** Random histories against the model, in random order; `runs` for each of three programmes. Each rule must have had its say. */
export async function holdAgainstModel(
  t: Test,
  database: Database,
  { runs, seed }: { runs: number; seed: number },
): Promise<Tally> {
  const tally: Tally = {}
  for (const [index, variant] of variants.entries()) {
    const file = changedProgramme(t, (programme) => change(programme, variant))
    const settings = { PROGRAMME_FILE: file }
    const blazon = await start(t, { database, settings })
    // Two connections to one SQLite file in one process would only wait for each other.
    const other = database.name === 'SQLite' ? blazon : await start(t, { database, settings })
    let count = 0
    await fc.assert(
      fc.asyncProperty(fc.noBias(history), async (each) => {
        count += 1
        await oneHistory([blazon, other], each, `h${index}-${count}`, tally)
      }),
      { numRuns: runs, seed: seed + index },
    )
    await holdInvariants(t, blazon)
  }
  // So few histories need not meet every rule.
  if (runs < 100) return tally
  for (const rule of rules)
    t.ok((tally[rule] ?? 0) >= runs / 100, `${rule} had its say ${tally[rule] ?? 0} times`)
  return tally
}

const rules = [
  ...['valid', 'expired', 'suspended', 'renewed', 'failures 1', 'failures 2', 'failures 3'],
  ...['unknown-exam', 'duplicate', 'content-unknown', 'retake', 'early', 'overlap'],
  ...['unprintable-name', 'somebody-else', 'somebody-else:accept', 'somebody-else:refuse'],
  ...['retake:issue', 'retake:deny', 'duplicate:separate', 'duplicate:ignore'],
]

function change(programme: Programme, variant: (typeof variants)[number]) {
  programme.policies.inclusiveEnd = variant.inclusiveEnd
  for (const achievement of programme.achievements)
    achievement.renewal = {
      renewalWindow: 'P60D',
      graceAfter: 'P30D',
      renewalAnchor: variant.renewalAnchor,
      passOutsideWindow: variant.passOutsideWindow,
    }
}

async function oneHistory(
  [{ tools }, other]: [Started, Started],
  each: History,
  source: string,
  tally: Tally,
) {
  const side = { tools, source }
  const processes: [Tools, Tools] = [tools, other.tools]
  const { programme } = tools.programmes.current()
  const messages = messagesOf(each, source)
  await deliverDying(tools, arrivals(each, messages), each.crashes)
  await deliver(processes, arrivals(each, messages), each)
  const people = each.merged && (await mergeBoth(side)) ? [['A', 'B']] : [['A'], ['B']]
  const world = { programme, now: tools.now() }
  const first = expected(messages, people, { ...world, decided: {} })
  same('after all messages', await recorded(side, { people, programme }), first)
  count(tally, first)
  const decided = await decideSome(
    side,
    each.decisions,
    first.flatMap(({ twins }) => twins),
  )
  const second = expected(messages, people, { ...world, decided })
  same(`after ${JSON.stringify(decided)}`, await recorded(side, { people, programme }), second)
  for (const [item, decision] of Object.entries(decided))
    tally[`${item.split(' ')[0]}:${decision}`] =
      (tally[`${item.split(' ')[0]}:${decision}`] ?? 0) + 1
  await deliver(processes, messages, each)
  same('after all messages again', await recorded(side, { people, programme }), second)
}

function same(when: string, actual: Present[], told: Told[]) {
  const wanted = told.map(({ twins: _, ...each }) => each)
  const [is, should] = [JSON.stringify(actual, null, 1), JSON.stringify(wanted, null, 1)]
  if (is !== should) throw new Error(`${when}\non record: ${is}\nthe model: ${should}`)
}

function count(tally: Tally, all: ReturnType<typeof expected>) {
  const add = (what: string) => {
    tally[what] = (tally[what] ?? 0) + 1
  }
  for (const { certifications, review, ledger } of all) {
    for (const item of review) add(item.split(' ')[0] ?? '')
    for (const group of certifications) {
      if (group.length > 1) add('renewed')
      for (const badge of group) add(badge.split(' ')[3] ?? '')
    }
    for (const failures of Object.values(ledger)) add(`failures ${failures.split(' ')[0]}`)
  }
}

/** What must be so whatever happened. */
async function holdInvariants(t: Test, { tools: { db } }: Started) {
  const badges = await db
    .selectFrom('badge')
    .innerJoin('credential', 'credential.badge_id', 'badge.id')
    .select([
      'badge.id',
      'badge.source',
      'badge.result_id',
      'badge.issued_at',
      'badge.revoked_at',
      'credential.revoked_class',
      'credential.replaced_at',
      'credential.data_integrity',
    ])
    .execute()
  const live = badges.filter(({ revoked_at, replaced_at }) => !revoked_at && !replaced_at)
  t.equal(
    new Set(live.map(({ source, result_id }) => `${source} ${result_id}`)).size,
    live.length,
    'no result has two live badges, and no badge two credentials that stand',
  )
  t.ok(
    live.every(
      ({ issued_at, data_integrity, revoked_class }) =>
        issued_at && data_integrity && !revoked_class,
    ),
    'every live badge is issued and signed',
  )
  t.ok(
    badges.every(
      ({ revoked_at, replaced_at, revoked_class }) =>
        (revoked_at === null && replaced_at === null) === (revoked_class === null),
    ),
    'whatever is not live is revoked in the lists',
  )
  const mails = await db
    .selectFrom('job')
    .select(({ fn }) => ['key', fn.countAll<number | string>().as('count')])
    .groupBy('key')
    .execute()
  t.ok(
    mails.every((job) => Number(job.count) === 1),
    'no mail is planned twice',
  )
}
