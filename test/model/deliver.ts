import type { ExamResult } from '../../schemas/exam-result.ts'
import type { Programme } from '../../schemas/programme.ts'
import { acceptArrived } from '../../src/actions/intake/accept-arrived.ts'
import { importResults } from '../../src/actions/intake/import-results.ts'
import { issueWaiting } from '../../src/actions/intake/issue-waiting.ts'
import { decideReview } from '../../src/actions/judging/decide-review.ts'
import { mergeCandidates } from '../../src/actions/judging/merge-candidates.ts'
import { readEligibility } from '../../src/actions/judging/read-eligibility.ts'
import type { Tools } from '../../src/actions/tools/tools.ts'
import { type Fuse, signatures, statements } from '../crash/faults.ts'
import { type Decided, heard, type Present, present, type Told } from './model.ts'

type Side = { tools: Tools; source: string }

/** What is on record of the candidates of a source, in the model's words. */
export async function recorded(
  { tools, source }: Side,
  { people, programme }: { people: string[][]; programme: Programme },
): Promise<Present[]> {
  return Promise.all(
    people.map((candidates) => recordedOf({ tools, source }, candidates, programme)),
  )
}

async function recordedOf({ tools, source }: Side, candidates: string[], programme: Programme) {
  const now = tools.now()
  const badges = await tools.db
    .selectFrom('badge')
    .select([
      'certification_number',
      'achievement',
      'earned_on',
      'expires_on',
      'suspended_at',
      'valid_until',
    ])
    .where('source', '=', source)
    .where('candidate_id', 'in', candidates)
    .where('revoked_at', 'is', null)
    .execute()
  const numbers = Map.groupBy(badges, ({ certification_number }) => certification_number)
  const certifications = [...numbers.values()].map((group) =>
    group
      .map((badge) => {
        const over = Date.parse(badge.valid_until) < Date.parse(now)
        const state = badge.suspended_at ? 'suspended' : over ? 'expired' : 'valid'
        return `${badge.achievement} ${badge.earned_on} ${badge.expires_on} ${state}`
      })
      .toSorted(),
  )
  const items = await tools.db
    .selectFrom('review_item')
    .select(['kind', 'result_id', 'facts'])
    .where('source', '=', source)
    .where('candidate_id', 'in', candidates)
    .where('state', '=', 'open')
    .where('kind', '!=', 'second-account')
    .execute()
  const review = items.map((item) =>
    item.kind === 'duplicate'
      ? `duplicate ${(JSON.parse(item.facts) as { results: string[] }).results.join(' ')}`
      : nameOf(item),
  )
  const ledger: Present['ledger'] = {}
  for (const exam of programme.exams) {
    const said = await readEligibility(tools, {
      candidate: { source, id: candidates[0] ?? '' },
      exam: exam.code,
      // So late that only the retake rule has a say.
      on: '2099-01-01',
      actor: 'test',
    })
    ledger[exam.family] =
      said.failures.length === 0 ? '0' : `${said.failures.length} ${said.earliest}`
  }
  return { certifications: certifications.toSorted(), review: review.toSorted(), ledger }
}

/** An item by its kind and result; what may be about somebody else is one message of it, held against another. */
function nameOf({
  kind,
  result_id,
  facts,
}: {
  kind: string
  result_id: string | null
  facts: string
}) {
  if (kind !== 'somebody-else') return `${kind} ${result_id}`
  type Facts = Record<'before' | 'after', { revision: number }>
  const { before, after } = JSON.parse(facts) as Facts
  return `${kind} ${result_id}@${before.revision}>${after.revision}`
}

type World = { programme: Programme; decided: Decided; now: string }

/** The model's answer, a person at a time. */
export function expected(messages: ExamResult[], people: string[][], world: World): Told[] {
  const results = [...Map.groupBy(messages, ({ resultId }) => resultId).values()].map((all) =>
    heard(all, world.decided),
  )
  return people.map((candidates) => {
    const own = results.filter(({ counted }) =>
      candidates.includes(counted.at(-1)?.candidate.id ?? ''),
    )
    const told = present(
      own.flatMap(({ counted }) => counted),
      world,
    )
    const review = [...told.review, ...own.flatMap(({ item }) => item ?? [])].toSorted()
    return { ...told, review }
  })
}

/** Delivers messages, one after another, two at a time through one process or two, or as one file. */
export async function deliver(
  processes: [Tools, Tools],
  messages: ExamResult[],
  { delivery }: { delivery: string },
): Promise<void> {
  if (delivery === 'file') {
    const rows = messages.map((message, index) => ({ row: index + 1, message }))
    const { counts } = await importResults(processes[0], { rows, actor: 'test' })
    if (counts.failed > 0) throw new Error(`${counts.failed} rows of a file failed`)
    return
  }
  const size = delivery === 'two at a time' ? 2 : 1
  for (let next = 0; next < messages.length; next += size)
    await Promise.all(
      messages
        .slice(next, next + size)
        .map((message, index) =>
          acceptArrived(processes[index % 2] ?? processes[0], { message, actor: 'test' }),
        ),
    )
}

/** Delivers messages of which some die on the way, at a step of storage or signing each; then the next process starts. */
export async function deliverDying(
  tools: Tools,
  messages: ExamResult[],
  crashes: number[],
): Promise<void> {
  for (const [index, message] of messages.slice(0, crashes.length).entries()) {
    const fuse: Fuse = { steps: 0, at: (crashes[index] ?? 0) + 1, names: [] }
    const dying = {
      ...tools,
      db: tools.db.withPlugin(statements(fuse)),
      keyring: signatures(fuse, tools.keyring),
    }
    await acceptArrived(dying, { message, actor: 'test' }).catch(() => {})
    await issueWaiting(tools, { unknownExams: true })
  }
}

/** An operator says that both candidates are one person. Answers whether they could be. */
export async function mergeBoth({ tools, source }: Side): Promise<boolean> {
  try {
    const [into, from] = [
      { source, id: 'A' },
      { source, id: 'B' },
    ]
    await mergeCandidates(tools, { merge: { into, from }, actor: 'test' })
    return true
  } catch {
    return false
  }
}

/** An operator decides some of what is open. Answers the decisions in the model's words. */
export async function decideSome(
  { tools, source }: Side,
  picks: number[],
  twins: string[],
): Promise<Decided> {
  const decided: Decided = {}
  for (const pick of picks) {
    const open = await tools.db
      .selectFrom('review_item')
      .select(['id', 'kind', 'result_id', 'facts'])
      .where('source', '=', source)
      .where('state', '=', 'open')
      .where('kind', '!=', 'second-account')
      .orderBy('kind')
      .orderBy('result_id')
      .execute()
    // Of two results that are the same in all, the model may have parked the other.
    const known = open.filter(
      ({ kind, result_id }) => kind !== 'duplicate' || twins.includes(result_id ?? ''),
    )
    const item = known[pick % Math.max(1, known.length)]
    if (!item) return decided
    const [first, second = first] = actions[item.kind] ?? []
    const action = (pick >> 4) % 2 === 0 ? first : second
    await decideReview(tools, {
      id: item.id,
      decision: { action: action ?? 'deny' },
      actor: 'test',
    })
    decided[nameOf(item)] = action ?? ''
  }
  return decided
}

const actions: Record<
  string,
  (
    | 'issue'
    | 'deny'
    | 'ignore'
    | 'separate'
    | 'count'
    | 'dismiss'
    | 'supersede'
    | 'keep'
    | 'accept'
    | 'refuse'
  )[]
> = {
  'unknown-exam': ['dismiss'],
  duplicate: ['ignore', 'separate'],
  'content-unknown': ['count', 'ignore'],
  retake: ['issue', 'deny'],
  early: ['issue', 'deny'],
  overlap: ['supersede', 'keep'],
  'unprintable-name': ['dismiss'],
  'somebody-else': ['accept', 'refuse'],
}
