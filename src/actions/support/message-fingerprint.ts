import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { ExamResult, KeptMessage } from '../../../schemas/exam-result.ts'
import { nameAndBirthDate } from '../../domain/people/name-keys.ts'
import { isAhead } from '../../domain/rules/result.ts'
import { wholeSeconds } from '../../domain/rules/validity.ts'
import type { Tools } from '../tools/tools.ts'

type Ring = Pick<Tools, 'keyring'>

/**
 * A birth date serves one purpose and is never stored: a pseudonym replaces it, made with a key beside the key ring.
 */
function withoutBirthDate({ keyring }: Ring, message: ExamResult): KeptMessage {
  const { birthDate, ...candidate } = message.candidate
  if (birthDate === undefined) return message
  const mark = keyring.pseudonymise?.(nameAndBirthDate(candidate.fullName, birthDate))
  return { ...message, candidate: { ...candidate, ...(mark && { mark }) } }
}

/**
 * A message in its stored form. `receivedAt` is no part of the hash: the same body is the same message whenever it
 * arrives.
 */
export function keptMessage(tools: Ring & Pick<Tools, 'now'>, message: ExamResult): KeptMessage {
  const kept = withoutBirthDate(tools, message)
  return isAhead(message, tools.now()) ? { ...kept, receivedAt: wholeSeconds(tools.now()) } : kept
}

/**
 * The hash of a message as JSON, independent of the order of keys (RFC 8785). It is made of the stored form: a hash of
 * the birth date itself, beside that form, could be guessed quickly.
 */
export function messageFingerprint(ring: Ring, message: ExamResult): string {
  return createHash('sha256')
    .update(canonicalize(withoutBirthDate(ring, message)) ?? '')
    .digest('hex')
}
