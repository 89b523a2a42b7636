// Characters that do not show: two ids that differ only in these look the same.
const unseen = /[\p{Cf}\p{Cc}\p{Cs}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/u
const oddSpace = /(?! )\s/u
const shortened = /^[+-]?(\d+[.,]\d+E[+-]?\d+|\d+E\+\d+|\dE-\d\d+)$/i
const sheetError = /^(#{2,}|#(N\/A|REF!|NAME\?|VALUE!|DIV\/0!|NUM!|NULL!|SPILL!|CALC!))$/i

// Ids longer than this are refused for their length, so no other check runs on them.
const maxIdLength = 1000

/** The one spelling of an identifier: Unicode NFC, without spaces around it. */
export function normalId(text: string): string {
  const trimmed = text.trim() || text // a blank id stays blank, and is refused as such
  return trimmed.length > maxIdLength ? trimmed : trimmed.normalize('NFC')
}

/** The identifiers of a message as the exam system sent them, where one was not in its normal form. */
export type SentIds = { resultId: string; exam: string; candidateId: string }

type WithIds = { resultId: string; exam: string; candidate: { id: string } }

/**
 * The spellings of a message under which earlier versions may know it: normalised, then with its ids as sent (JSON),
 * then with the ids trimmed (CSV). Only for records under pseudonyms of ids, since those cannot be normalised.
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
 * A message with its numeric ids as earlier versions read them from JSON: as doubles, whose last digits may be wrong.
 * Undefined if no digit was lost. Other ids may have become the same double, so this identifies a message only if
 * everything else agrees.
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

/** What is wrong with a normalised identifier, as the rest of a sentence; undefined if nothing is. */
export function idTrouble(id: string): string | undefined {
  if (id.length > maxIdLength) return undefined
  const hidden = unseen.exec(id)?.[0]
  if (hidden !== undefined) return `has an invisible character (${codePoint(hidden)}); remove it.`
  const space = oddSpace.exec(id)?.[0]
  if (space !== undefined)
    return `has an unusual space in it (${codePoint(space)}); write U+0020, or remove it.`
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
