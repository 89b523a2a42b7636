import type { ExamResult } from '../../../schemas/exam-result.ts'
import { attemptPseudonym, messagePseudonyms } from '../../domain/holders/erasure.ts'
import { asDoubles } from '../../domain/people/normal-ids.ts'
import { type Likeness, type Person, presentPerson } from '../../domain/rules/person.ts'
import { factOf, type Result } from '../../domain/rules/result.ts'
import type { Tx } from '../../storage/database.ts'
import { findErasedResults, hasErasedResults } from '../../storage/erasure/erased.ts'
import { findErasedAttempts, hasErasedAttempts } from '../../storage/erasure/erased-attempts.ts'
import { findShared } from '../../storage/results/lookalikes.ts'
import { findKnownCandidates } from '../../storage/results/people.ts'
import { lockSightings } from '../../storage/results/person-locks.ts'
import { findKnownMessages, type NewMessage } from '../../storage/results/result-messages.ts'
import { keptMessage, messageFingerprint } from '../support/message-fingerprint.ts'
import type { Tools, TxTools } from '../tools/tools.ts'
import { type Arrival, subjectsOf } from './accept-exam-result.ts'

/** The first message about a result, and the only one of a candidate who is not on record. */
export type Newcomer = {
  arrival: Arrival
  message: ExamResult
  kept: NewMessage
  result: Result
  candidate: Person
}

/** Those that may be newcomers: no other of these messages is about their result or their candidate. */
export function mayBeNewcomers(arrivals: Arrival[]): Arrival[] {
  const several = new Set(repeated(arrivals.flatMap(({ message }) => subjectsOf(message))))
  return arrivals
    .filter(({ message }) => !subjectsOf(message).some((subject) => several.has(subject)))
    .filter(({ sentIds, rowRevisions }) => !sentIds && (rowRevisions?.all.length ?? 1) === 1)
}

/** A message as it would be stored, and what it says alone. */
export function newcomerOf(tools: Tools, arrival: Arrival): Newcomer {
  const { source, resultId } = arrival.message
  const message = { ...arrival.message, revision: arrival.message.revision ?? 1 }
  const kept = keptMessage(tools, message)
  const fact = factOf([{ message: kept }])
  const result: Result = {
    source,
    resultId,
    revision: fact.message.revision,
    ...fact,
    state: 'waiting',
    reason: null,
    parkedFor: null,
  }
  return {
    arrival,
    message,
    kept: {
      message: kept,
      bodyHash: messageFingerprint(tools, message),
      receivedAt: tools.now(),
      receivedFrom: arrival.actor,
    },
    result,
    candidate: presentPerson({ source, id: message.candidate.id }, [result]),
  }
}

/** Leaves out whom anything on record is about, and who look like another candidate. */
export async function leaveKnown(tools: TxTools, newcomers: Newcomer[]): Promise<Newcomer[]> {
  const { db } = tools
  let unknown: Newcomer[] = []
  for (const [source, some] of Map.groupBy(newcomers, ({ message }) => message.source)) {
    const resultIds = some.map(({ message }) => message.resultId)
    const ids = some.map(({ candidate }) => candidate.id)
    const messages = await findKnownMessages(db, { source, resultIds })
    const results = new Set(messages.map(({ resultId }) => resultId))
    const candidates = new Set(await findKnownCandidates(db, { source, ids }))
    unknown.push(
      ...some.filter(
        ({ message, candidate }) => !results.has(message.resultId) && !candidates.has(candidate.id),
      ),
    )
  }
  unknown = await leaveErased(tools, unknown)
  const shared = new Set([
    ...(await findSharedBy(db, unknown, 1)),
    ...repeated(unknown.flatMap(likenesses)),
  ])
  return unknown.filter((newcomer) => !likenesses(newcomer).some((value) => shared.has(value)))
}

/** Throws if another process has meanwhile added a candidate like one of these, who are on record. */
export async function refuseLookalikes({ db }: TxTools, newcomers: Newcomer[]): Promise<void> {
  await lockSightings(db, newcomers.flatMap(likenesses))
  if ((await findSharedBy(db, newcomers, 2)).length > 0)
    throw new Error('another process has added a candidate who looks like one of these meanwhile')
}

async function findSharedBy(db: Tx, newcomers: Newcomer[], several: number): Promise<string[]> {
  const values = (likeness: Likeness) =>
    newcomers.flatMap(({ candidate }) => candidate[likeness] || [])
  return [
    ...(await findShared(db, 'email', { values: values('email'), several })),
    ...(await findShared(db, 'mark', { values: values('mark'), several })),
  ]
}

function likenesses({ candidate: { email, mark } }: Newcomer): string[] {
  return [email, mark ?? ''].filter((value) => value !== '')
}

function repeated(values: string[]): string[] {
  const seen = new Set<string>()
  return values.filter((value) => seen.has(value) || !seen.add(value))
}

/** Leaves out those who erased their data, or whose failures outlived them. */
export async function leaveErased(tools: TxTools, newcomers: Newcomer[]): Promise<Newcomer[]> {
  const { db } = tools
  const has = { results: await hasErasedResults(db), attempts: await hasErasedAttempts(db) }
  if (!has.results && !has.attempts) return newcomers
  const pseudonyms = new Map(newcomers.map((each) => [each, pseudonymsOf(tools, each)]))
  const all = [...pseudonyms.values()].flat()
  const erased = new Set([
    ...(await findErasedResults(db, all)),
    ...(await findErasedAttempts(db, all)).map(({ mark }) => mark),
  ])
  return newcomers.filter((each) => !pseudonyms.get(each)?.some((mark) => erased.has(mark)))
}

function pseudonymsOf({ keyring, programmes }: TxTools, { message, candidate }: Newcomer) {
  const { pseudonymise } = keyring
  if (!pseudonymise) return []
  const families = new Set(programmes.current().programme.exams.map(({ family }) => family))
  const rounded = asDoubles(message)
  return [
    ...messagePseudonyms(pseudonymise, message),
    ...(rounded ? messagePseudonyms(pseudonymise, rounded) : []),
    ...[...families].map((family) => attemptPseudonym(pseudonymise, candidate, family)),
  ]
}
