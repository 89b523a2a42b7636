import type { KeptMessage } from '../../../schemas/exam-result.ts'
import { normalEmail } from '../../domain/people/mail-address.ts'
import type { CandidateKey } from '../../domain/rules/person.ts'
import type { Db, Tx } from '../database.ts'
import { bodyText } from '../results/results.ts'
import { eraseNotes } from './erase.ts'

/**
 * A message about another candidate's result. `owner` is the candidate of the result; `by` is what distinguishes the
 * named candidate from the owner.
 */
export type NamingMessage = {
  source: string
  resultId: string
  revision: number
  bodyHash: string
  owner: string
  by: { id: string } | { email: string }
  email: string
}

type Named = { candidates: CandidateKey[]; emails: string[] }

/**
 * Messages that name one of these candidates or addresses but belong to results of others: those that an operator was
 * asked about as `somebody-else`. Ordered by revision. There are few such questions, so all of them are read.
 */
export async function findNamings(db: Db, { candidates, emails }: Named): Promise<NamingMessage[]> {
  const rows = await db
    .selectFrom((from) =>
      from
        .selectFrom('review_item')
        .select(['source', 'result_id'])
        .where('kind', '=', 'somebody-else')
        .distinct()
        .as('asked'),
    )
    .innerJoin('result_message as message', (join) =>
      join
        .onRef('message.source', '=', 'asked.source')
        .onRef('message.result_id', '=', 'asked.result_id'),
    )
    .innerJoin('result', (join) =>
      join
        .onRef('result.source', '=', 'message.source')
        .onRef('result.result_id', '=', 'message.result_id'),
    )
    .select([
      'message.source',
      'message.result_id',
      'message.revision',
      'message.body_hash',
      'message.body as sent',
      'result.candidate_id as owner',
      bodyText,
    ])
    .orderBy('message.revision')
    .execute()
  const keys = new Set(candidates.map(({ source, id }) => JSON.stringify([source, id])))
  const addresses = new Set(emails.filter((email) => email !== '').map(normalEmail))
  return rows.flatMap((row) => {
    const { id, email } = candidateOf(row.sent)
    const isOther = id !== row.owner
    const named =
      (isOther && keys.has(JSON.stringify([row.source, id]))) ||
      (addresses.has(email) && email !== candidateOf(row.body).email)
    if (!named) return []
    const by = isOther ? { id } : { email }
    const { source, result_id: resultId, revision, body_hash: bodyHash, owner } = row
    return [{ source, resultId, revision, bodyHash, owner, by, email }]
  })
}

function candidateOf(body: string) {
  const { id, email } = (JSON.parse(body) as KeptMessage).candidate
  return { id, email: normalEmail(email) }
}

/** Deletes a message about another candidate's result, and the questions that mention it. */
export async function eraseNaming(
  db: Tx,
  { source, resultId, revision, by, email }: NamingMessage,
): Promise<void> {
  await db
    .deleteFrom('result_message')
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .where('revision', '=', revision)
    .execute()
  await db.deleteFrom('sighting').where('mark', '=', email).execute()
  const items = await db
    .selectFrom('review_item')
    .select(['id', 'facts'])
    .where('source', '=', source)
    .where('result_id', '=', resultId)
    .where('kind', '=', 'somebody-else')
    .execute()
  for (const { id, facts } of items) {
    const people = Object.values(JSON.parse(facts) as Record<string, Compared>)
    const names = (each: Compared) =>
      each.revision === revision || ('id' in by && each.candidateId === by.id)
    if (!people.some(names)) continue
    await eraseNotes(db, id)
    await db.deleteFrom('review_item').where('id', '=', id).execute()
  }
}

type Compared = { revision?: number; candidateId?: string }
