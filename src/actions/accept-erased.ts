import type { ExamResult, SentResult } from '../../schemas/exam-result.ts'
import { bodyMark, resultMark } from '../domain/erasure.ts'
import { inTransaction } from '../storage/database.ts'
import { changeErasedResult, isErased, lockErasedResult } from '../storage/erased.ts'
import { revokeCopies } from './erase-person.ts'
import { hashOf } from './kept-message.ts'
import type { Tools } from './tools.ts'

/** How a message about an erased result came out. */
export type AcceptedErased = { kept: 'new' | 'same' | 'other' | 'outdated'; message: ExamResult }

/**
 * Applies a message to what stays of an erased result, and keeps nothing of its body: it mints nothing, and if it says that there is
 * no pass, the copies that were left valid are revoked. Nothing, when the result was not erased.
 */
export async function acceptErased(
  tools: Tools,
  sent: SentResult,
): Promise<AcceptedErased | undefined> {
  const { mark } = tools.keyring
  if (!mark || !(await isErased(tools.db, resultMark(mark, sent)))) return undefined
  return inTransaction(tools.db, async (db) => {
    const erased = await lockErasedResult(db, resultMark(mark, sent))
    if (!erased) return undefined
    const marked = (revision: number) => bodyMark(mark, hashOf(tools, { ...sent, revision }))
    const same = marked(erased.revision) === erased.bodyMark
    const revision = sent.revision ?? (same ? erased.revision : erased.revision + 1)
    const message = { ...sent, revision }
    if (revision < erased.revision) return { kept: 'outdated', message }
    if (revision === erased.revision) return { kept: same ? 'same' : 'other', message }
    await changeErasedResult(db, { mark: erased.mark, revision, bodyMark: marked(revision) })
    if (isNoPass(message)) await revokeCopies({ db }, erased.mark)
    return { kept: 'new', message }
  })
}

function isNoPass({ released, outcome }: ExamResult) {
  return released && outcome !== 'passed' && outcome !== 'under-review'
}
