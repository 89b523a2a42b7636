import { passEvent } from '../../help/start.ts'

// What the messages' rows share: a good message with some of it changed, and the sentences that come up again.
export const line =
  'is not written as expected: One line of text, not blank, without control characters.'
export const { candidate } = passEvent()
export const event = (changes: Record<string, unknown>) =>
  passEvent({ resultId: 'R-never', ...changes })
export const person = (changes: Record<string, unknown>) =>
  event({ candidate: { ...candidate, ...changes } })
export const without = (name: string) => event({ [name]: undefined })
export const raw = (field: string) => {
  const [name = ''] = Object.keys(JSON.parse(`{${field}}`))
  return JSON.stringify(event({ [name]: undefined })).replace(/}$/, `,${field}}`)
}
