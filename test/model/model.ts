import type { ExamResult } from '../../schemas/exam-result.ts'
import type { Programme } from '../../schemas/programme.ts'
import { dayIn, dayText, moved } from './calendar.ts'

/** What operators decided, by `kind resultId`. */
export type Decided = Record<string, string>

/** What a person's results come to, in words that can be compared. */
export type Present = {
  /** Certifications, each with its badges: achievement, earned, expires, state. */
  certifications: string[][]
  /** What is open: kind and the results, or candidates, that it is about. */
  review: string[]
  /** For each exam: counted failures, and the first day of the next attempt. */
  ledger: Record<string, string>
}

const time = (text?: string) => (text === undefined ? Number.POSITIVE_INFINITY : Date.parse(text))

type Change = { from: ExamResult; to: ExamResult }

const alike = (one: ExamResult, other: ExamResult) =>
  one.candidate.id === other.candidate.id &&
  one.candidate.fullName === other.candidate.fullName &&
  one.candidate.email === other.candidate.email &&
  (one.startedAt ?? one.endedAt) === (other.startedAt ?? other.endedAt)

/**
 * The messages of one result that count, and the one of which an operator must say whether it is about somebody else: in it name,
 * address and start are others than in the message before. Operators are asked about the last message only, once for each change.
 */
export function heard(all: ExamResult[], decided: Decided) {
  const answers: (Change & { answer: string })[] = []
  for (;;) {
    const counted: ExamResult[] = []
    let open: Change | undefined
    for (const to of all.toSorted((a, b) => a.revision - b.revision)) {
      const from = counted.at(-1)
      const change = from && isSomebodyElse(from, to) ? { from, to } : undefined
      const known =
        change && answers.find((each) => alike(each.from, change.from) && alike(each.to, to))
      if (!change || known?.answer === 'accept') counted.push(to)
      if (known?.answer !== 'refuse') open = known ? undefined : change
    }
    const item =
      open && `somebody-else ${open.to.resultId}@${open.from.revision}>${open.to.revision}`
    const answer = item && decided[item]
    if (!open || !answer) return { counted, item }
    answers.push({ ...open, answer })
  }
}

function isSomebodyElse({ candidate: was, ...from }: ExamResult, to: ExamResult): boolean {
  const { fullName, email } = to.candidate
  if (was.fullName === fullName || was.email === email) return false
  if (from.startedAt && to.startedAt) return time(from.startedAt) !== time(to.startedAt)
  return from.endedAt && to.endedAt ? time(from.endedAt) !== time(to.endedAt) : false
}

/** The present, and which results of each group of equal ones do not count: of two that are the same in all, any may. */
export type Told = Present & { twins: string[] }

type Known = { id: string; last: ExamResult; word: ExamResult }

const natural = (one: string, other: string) =>
  Number(/\d+/.exec(one)?.[0]) - Number(/\d+/.exec(other)?.[0])
const when = (word: ExamResult) =>
  time(word.endedAt ?? word.startedAt ?? word.scheduledAt ?? word.occurredAt)

/**
 * The whole rule book, read afresh from the set of messages of one person: it never looks at what was there before. Ids of results
 * are a letter and a number.
 */
export function present(
  messages: ExamResult[],
  { programme, decided, now }: { programme: Programme; decided: Decided; now: string },
): Told {
  const twins: string[] = []
  const zone = programme.timeZone
  const review: string[] = []
  const answer = (kind: string, id: string, about = [id]) => {
    const given = decided[`${kind} ${id}`]
    if (given === undefined) review.push(`${kind} ${about.join(' ')}`)
    return given
  }
  const examOf = (code: string) => programme.exams.find((exam) => exam.code === code)

  // 1. What each result says.
  let results: Known[] = []
  for (const id of new Set(messages.map(({ resultId }) => resultId))) {
    const own = messages.filter(({ resultId }) => resultId === id)
    const last = own.reduce((best, each) => (each.revision > best.revision ? each : best))
    const words = own.filter(({ released, outcome }) => released && outcome !== 'under-review')
    if (words.length === 0) continue
    const said = words.reduce((best, each) => (each.revision > best.revision ? each : best))
    const timed = own
      .filter(({ exam, endedAt }) => exam === said.exam && endedAt !== undefined)
      .toSorted((a, b) => b.revision - a.revision)[0]
    const word = said.endedAt === undefined && timed ? { ...said, ...timesOf(timed) } : said
    if (examOf(word.exam)) results.push({ id, last, word })
    else if (word.outcome === 'passed') answer('unknown-exam', id)
  }

  // 2. One attempt told twice counts once.
  const attempts: Known[] = []
  while (results.length > 0) {
    const [one] = results as [Known, ...Known[]]
    const start = ({ id, last, word }: Known) => {
      if (word.outcome === 'no-show') return id
      if (word.startedAt !== undefined) return `${word.exam} ${time(word.startedAt)}`
      if (word.endedAt === undefined) return id
      return `${last.candidate.id} ${examOf(word.exam)?.family} ended ${time(word.endedAt)}`
    }
    const group = results.filter((other) => start(other) === start(one))
    results = results.filter((other) => start(other) !== start(one))
    const about = group.map(({ id }) => id).toSorted()
    const apart = group.filter(({ id }) => decided[`duplicate ${id}`] === 'separate')
    const rest = group
      .filter((known) => !apart.includes(known))
      .toSorted((a, b) => time(a.word.endedAt) - time(b.word.endedAt) || natural(a.id, b.id))
    attempts.push(...apart, ...rest.slice(0, 1))
    for (const { id } of rest.slice(1)) {
      twins.push(id)
      answer('duplicate', id, about)
    }
  }

  // 3. The retake rule, family by family.
  const ledger: Present['ledger'] = {}
  const passes: Known[] = []
  const families = new Set(programme.exams.map(({ family }) => family))
  for (const family of families) {
    const own = attempts
      .filter(({ word }) => examOf(word.exam)?.family === family && Number.isFinite(when(word)))
      .toSorted((a, b) => when(a.word) - when(b.word) || natural(a.id, b.id))
    let failures = 0
    let earliest = Number.NEGATIVE_INFINITY
    for (const known of own) {
      const { word, id } = known
      if (word.outcome === 'passed') {
        const start = dayIn(word.scheduledAt ?? word.startedAt ?? word.endedAt ?? '', zone)
        if (start < earliest && answer('retake', id) !== 'issue') continue
        passes.push(known)
        failures = 0
        earliest = Number.NEGATIVE_INFINITY
        continue
      }
      if (!counts(word, () => answer('content-unknown', id))) continue
      failures += 1
      const waits = programme.policies.retakeWaits
      const wait = waits[Math.min(failures, waits.length) - 1] ?? 'P0D'
      earliest = moved(dayIn(new Date(when(word)).toISOString(), zone), wait)
    }
    ledger[family] = failures === 0 ? '0' : `${failures} ${dayText(earliest)}`
  }

  // 4. Certifications, achievement by achievement.
  const certifications: string[][] = []
  for (const achievement of programme.achievements) {
    const rules = achievement.renewal ?? {
      renewalWindow: 'P0D',
      graceAfter: 'P0D',
      renewalAnchor: 'passDate',
      passOutsideWindow: 'accept',
    }
    const shorter = programme.policies.inclusiveEnd === 'dayBefore' ? 1 : 0
    let open: string[] | undefined
    let last: { expires: number; candidate: string } | undefined
    const own = passes
      .filter(({ word }) => examOf(word.exam)?.achievement === achievement.id)
      .toSorted((a, b) => time(a.word.endedAt) - time(b.word.endedAt) || natural(a.id, b.id))
    for (const known of own) {
      const earned = dayIn(known.word.endedAt ?? '', zone)
      let from = earned
      if (last && earned <= moved(last.expires, rules.graceAfter)) {
        const early = earned < moved(last.expires, rules.renewalWindow, -1)
        if (early && last.candidate !== known.last.candidate.id) {
          if (answer('overlap', known.id) === 'supersede') continue
        } else if (early && rules.passOutsideWindow === 'reject') continue
        else if (early && rules.passOutsideWindow === 'ask') {
          if (answer('early', known.id) !== 'issue') continue
        } else if (!early && rules.renewalAnchor === 'previousExpiry')
          from = Math.max(earned, last.expires + shorter)
      } else open = undefined
      if (!open) {
        open = []
        certifications.push(open)
      }
      const expires = moved(from, achievement.validity) - shorter
      last = { expires, candidate: known.last.candidate.id }
      const pending = known.last.revision !== known.word.revision
      const over = expires < dayIn(now, zone)
      const state = pending ? 'suspended' : over ? 'expired' : 'valid'
      open.push(`${achievement.id} ${dayText(earned)} ${dayText(expires)} ${state}`)
      if (known.last.candidate.fullName.includes('🙂')) answer('unprintable-name', known.id)
    }
  }
  return {
    certifications: certifications.map((each) => each.toSorted()).toSorted(),
    review: review.toSorted(),
    ledger,
    twins,
  }
}

const timesOf = ({ startedAt, endedAt }: ExamResult) => ({
  ...(startedAt !== undefined && { startedAt }),
  ...(endedAt !== undefined && { endedAt }),
})

function counts({ outcome, contentShown }: ExamResult, ask: () => string | undefined): boolean {
  if (outcome === 'no-show') return false
  if (outcome !== 'aborted') return true
  return contentShown ?? ask() === 'count'
}
