import type { Badge } from '../../domain/badge/badge.ts'
import { attemptPseudonym } from '../../domain/holders/erasure.ts'
import { correctNames, type NameRequest, nameQuestions } from '../../domain/holders/name-request.ts'
import type { ProgrammeVersion } from '../../domain/programme/programme.ts'
import { type Judgement, judge } from '../../domain/rules/judgement.ts'
import type { CandidateKey, Person } from '../../domain/rules/person.ts'
import { damagedName, unprintableName } from '../../domain/rules/printable-name.ts'
import { type Result, resultKey } from '../../domain/rules/result.ts'
import type { Decisions } from '../../domain/rules/review.ts'
import { cannotDraw } from '../../drawing/can-draw.ts'
import { findBadgesOf } from '../../storage/badges/badges.ts'
import { findErasedAttempts, hasErasedAttempts } from '../../storage/erasure/erased-attempts.ts'
import { findNameRequestsOf } from '../../storage/results/name-requests.ts'
import { findCandidates } from '../../storage/results/people.ts'
import { findResultsOf } from '../../storage/results/results.ts'
import { findItemsOf, type KeptItem } from '../../storage/results/review-items.ts'
import type { Tools } from '../tools/tools.ts'

/** A person's judgement, with the facts behind it. */
export type Judged = {
  judgement: Judgement
  /** With approved names applied. */
  results: Result[]
  /** Unrevoked badges by result, issued or only reserved. */
  live: Map<string, Badge>
  /** Every badge of the person's results, as it was before any change. */
  badges: Badge[]
  items: KeptItem[]
  /** Every candidate of the person. */
  candidates: Person[]
  /** Certification numbers assigned to certifications of this person while badges are reconciled. */
  numbers: Set<string>
}

type Needs = Pick<Tools, 'db' | 'programmes' | 'keyring'>

/** Reads all records of a person and judges them from scratch. */
export async function judgePerson(tools: Needs, personId: string): Promise<Judged> {
  return judgeRecords(tools, await readRecords(tools, personId))
}

/** What is on record of a person. */
export type PersonRecords = {
  badges: Badge[]
  /** By result, the programme's version of each unrevoked badge. */
  pinned: Map<string, ProgrammeVersion>
  items: KeptItem[]
  candidates: Person[]
  results: Result[]
  nameRequests: NameRequest[]
  /** The days of failures of erased candidates who returned, by exam family. */
  erased: Map<string, string[]>
}

async function readRecords(tools: Needs, personId: string): Promise<PersonRecords> {
  const { db, programmes } = tools
  const badges = await findBadgesOf(db, personId)
  const items = await findItemsOf(db, personId)
  const candidates = await findCandidates(db, personId)
  // Few people have such an item, and this runs for every message.
  const asks = items.some(({ kind }) => kind === 'name-correction')
  const nameRequests = asks ? await findNameRequestsOf(db, personId) : []
  const results = await findResultsOf(db, personId)
  const pinned = new Map<string, ProgrammeVersion>()
  for (const badge of badges.filter(({ revokedAt }) => revokedAt === null)) {
    const version = await programmes.at(db, badge.programmeVersion)
    if (version) pinned.set(resultKey(badge), version)
  }
  const erased = await erasedDays(tools, candidates)
  return { badges, pinned, items, candidates, results, nameRequests, erased }
}

/** Judges a person from what is on record of them. */
export function judgeRecords(
  { programmes }: Pick<Tools, 'programmes'>,
  { badges, pinned, items, candidates, nameRequests, erased, ...records }: PersonRecords,
): Judged {
  const decisions = new Map(
    items.flatMap(({ id, decision }) => (decision === null ? [] : [[id, decision]])),
  )
  const results = correctNames(records.results, nameRequests, decisions)
  const live = new Map(
    badges
      .filter(({ revokedAt }) => revokedAt === null)
      .map((badge) => [resultKey(badge), badge] as const),
  )
  const judgement = judge({
    results,
    current: programmes.current(),
    pinned,
    live: new Set(live.keys()),
    revoked: revokedByOperator(badges),
    erased,
    decisions,
  })
  judgement.items.push(...unprintableNames(judgement, decisions))
  const earned = results.filter((result) => judgement.verdicts.get(resultKey(result))?.link)
  judgement.items.push(...nameQuestions(earned, nameRequests))
  return { judgement, results, live, badges, items, candidates, numbers: new Set() }
}

/** Questions about holders' names that cannot be printed; a result without a badge prints nothing. */
function unprintableNames({ verdicts }: Judgement, decisions: Decisions) {
  return [...verdicts.values()].flatMap(({ result, link }) => {
    if (!link) return []
    const missing = cannotDraw(result.message.candidate.fullName)
    const damaged = damagedName(result)
    if (damaged && decisions.get(damaged.id) !== 'release') return [damaged]
    return [damaged, unprintableName(result, missing)].filter((item) => item !== undefined)
  })
}

/** The days of failures of erased candidates who returned, by exam family. */
export async function erasedDays(
  { db, programmes, keyring: { pseudonymise } }: Needs,
  candidates: CandidateKey[],
): Promise<Map<string, string[]>> {
  if (!pseudonymise || !(await hasErasedAttempts(db))) return new Map()
  const families = new Set(programmes.current().programme.exams.map(({ family }) => family))
  const pseudonyms = new Map<string, string>()
  for (const candidate of candidates)
    for (const family of families)
      pseudonyms.set(attemptPseudonym(pseudonymise, candidate, family), family)
  const found = await findErasedAttempts(db, [...pseudonyms.keys()])
  const byFamily = Map.groupBy(found, (row) => pseudonyms.get(row.mark) ?? '')
  return new Map(
    [...byFamily].map(([family, rows]) => [family, [...new Set(rows.map(({ day }) => day))]]),
  )
}

/** The last badge of each result, if an operator revoked it. */
function revokedByOperator(badges: Badge[]) {
  const last = new Map<string, Badge>()
  for (const badge of badges.toSorted(byEnd)) last.set(resultKey(badge), badge)
  return new Map(
    [...last].flatMap(([key, { id, revision, revokedBy }]) =>
      revokedBy === 'operator' ? [[key, { badgeId: id, revision }] as const] : [],
    ),
  )
}

function byEnd(one: Badge, other: Badge) {
  const [first, second] = [one.revokedAt ?? '9', other.revokedAt ?? '9']
  return one.revision - other.revision || Number(first > second) - Number(first < second)
}
