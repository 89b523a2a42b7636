// Two ids that differ only in these look the same.
const unseen = /[\p{Cf}\p{Cc}\p{Cs}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/u
const oddSpace = /(?! )\s/u
const shortened = /^[+-]?(\d+[.,]\d+E[+-]?\d+|\d+E\+\d+|\dE-\d\d+)$/i
const sheetError = /^(#{2,}|#(N\/A|REF!|NAME\?|VALUE!|DIV\/0!|NUM!|NULL!|SPILL!|CALC!))$/i

// Longer ones are refused for their length; they are not worth the time.
const longest = 1000

/** The one spelling of an identifier: Unicode NFC, without spaces around it. */
export function normalId(text: string): string {
  const trimmed = text.trim() || text // a blank one stays what it is, and is refused as such
  return trimmed.length > longest ? trimmed : trimmed.normalize('NFC')
}

/** The identifiers of a message as they were sent, where one of them was not in its normal form. */
export type SentIds = { resultId: string; exam: string; candidateId: string }

type WithIds = { resultId: string; exam: string; candidate: { id: string } }

/**
 * A message in the spellings in which earlier versions may have known it: in its normal form first, then with its ids as they were sent
 * (JSON), and those without the spaces around them (CSV). Only for what is known by marks of ids, which cannot be made normal.
 */
export function spellingsOf<Message extends WithIds>(
  message: Message,
  sent: SentIds | undefined,
): Message[] {
  if (!sent) return [message]
  const spelled = (as: (id: string) => string) => ({
    ...message,
    resultId: as(sent.resultId),
    exam: as(sent.exam),
    candidate: { ...message.candidate, id: as(sent.candidateId) },
  })
  return [message, spelled((id) => id), spelled((id) => id.trim())]
}

/**
 * A message with its numeric ids as earlier versions read them from JSON: as doubles, whose last digits may be wrong. Nothing where no
 * digit was lost. Others may have become the same id, so it knows a message only where all the rest of it agrees, too.
 */
export function asDoubles<Message extends WithIds>(message: Message): Message | undefined {
  const { resultId, exam, candidate } = message
  const changed = [resultId, exam, candidate.id].some((id) => asDouble(id) !== id)
  if (!changed) return undefined
  return {
    ...message,
    resultId: asDouble(resultId),
    exam: asDouble(exam),
    candidate: { ...candidate, id: asDouble(candidate.id) },
  }
}

function asDouble(id: string): string {
  return /^[1-9]\d{15,127}$/.test(id) ? String(Number(id)) : id
}

/** Why an identifier in its normal form cannot be the one that it was or seems to be, as the rest of a sentence. */
export function idTrouble(id: string): string | undefined {
  if (id.length > longest) return undefined
  const hidden = unseen.exec(id)?.[0]
  if (hidden !== undefined)
    return `has a character that nobody sees (${codePoint(hidden)}); remove it.`
  const space = oddSpace.exec(id)?.[0]
  if (space !== undefined)
    return `has a space in it that is not the usual one (${codePoint(space)}); write U+0020, or remove it.`
  if (shortened.test(id))
    return `is “${id.slice(0, 40)}”, a number that a spreadsheet shortened: its digits are lost. Export it again with this column as text.`
  if (sheetError.test(id))
    return `is “${id.slice(0, 40)}”, which a spreadsheet shows in place of a value. Export it again with this column as text.`
  return undefined
}

function codePoint(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase()
  return `U+${hex.padStart(4, '0')}`
}
