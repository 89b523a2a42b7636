import type { Generated } from 'kysely'
import type { ResultState } from '../../schemas/exam-result.ts'
import type { ParkedFor } from '../domain/rules/result.ts'

/** Exam results, whom they are about, and what operators are asked about them. */
export type ResultTables = {
  result_message: {
    source: string
    result_id: string
    revision: number
    body_hash: string
    body: string
    received_at: string
    received_from: string
    /** 1: stored before Blazon compared messages. */
    trusted: Generated<number>
  }
  result: {
    source: string
    result_id: string
    revision: number
    body: string
    exam: string
    candidate_id: string
    started_at: string | null
    state: ResultState
    reason: string | null
    parked_for: ParkedFor | null
    /** The last released message that is not under review. */
    word: string | null
    /** JSON: the question whether the last message is about another person. */
    contested: string | null
  }
  person: { id: string }
  candidate: {
    source: string
    candidate_id: string
    person_id: string
    full_name: string
    latin_name: string | null
    email: string
    locale: string | null
    /** A pseudonym of name and birth date, where the exam system sends one. */
    mark: string | null
  }
  sighting: { mark: string }
  review_item: {
    id: string
    kind: string
    source: string
    candidate_id: string
    result_id: string | null
    /** JSON, different for each kind. */
    facts: string
    reason: string
    state: 'open' | 'decided' | 'gone'
    decision: string | null
    opened_at: string
    decided_at: string | null
    decided_by: string | null
  }
  /** Candidates' requests to correct their names, numbered for each candidate. */
  name_request: {
    source: string
    candidate_id: string
    number: number
    was_full_name: string
    was_latin_name: string | null
    full_name: string
    latin_name: string | null
    reason: string
    asked_at: string
    taken_back_at: string | null
    answer: string | null
  }
  poll: {
    adapter: string
    cursor: string | null
    polled_at: string
    asked: string | null
    refused_at: string | null
    refused_from: string | null
  }
  voided_statement: { source: string; statement_id: string; received_at: string }
  erased_result: { mark: string; revision: number; body_mark: string; erased_at: string }
  erased_attempt: { mark: string; day: string; forget_on: string }
}
