import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { ExamResult, KeptMessage } from '../../../schemas/exam-result.ts'
import { nameAndBirthDate } from '../../domain/people/identity.ts'
import { isAhead } from '../../domain/rules/result.ts'
import { wholeSeconds } from '../../domain/rules/validity.ts'
import type { Tools } from '../tools/tools.ts'

type Ring = Pick<Tools, 'keyring'>

/** A birth date serves one purpose and is never kept: it becomes an HMAC, by a key that lies with the key ring. */
function withoutBirthDate({ keyring }: Ring, message: ExamResult): KeptMessage {
  const { birthDate, ...candidate } = message.candidate
  if (birthDate === undefined) return message
  const mark = keyring.pseudonymise?.(nameAndBirthDate(candidate.fullName, birthDate))
  return { ...message, candidate: { ...candidate, ...(mark && { mark }) } }
}

/** The message as it is kept. Its `receivedAt` is no part of the hash: the same body is the same message whenever it comes. */
export function keptMessage(tools: Ring & Pick<Tools, 'now'>, message: ExamResult): KeptMessage {
  const kept = withoutBirthDate(tools, message)
  return isAhead(message, tools.now()) ? { ...kept, receivedAt: wholeSeconds(tools.now()) } : kept
}

/**
 * The same body as JSON has the same hash, whatever the order of its keys (RFC 8785). It is made of what is kept: beside that, a hash
 * of the birth date itself would soon be guessed.
 */
export function messageFingerprint(ring: Ring, message: ExamResult): string {
  return createHash('sha256')
    .update(canonicalize(withoutBirthDate(ring, message)) ?? '')
    .digest('hex')
}
