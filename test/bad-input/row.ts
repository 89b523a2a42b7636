/** Who sends: the API keys of the world that the corpus is sent to. */
export type Caller = 'every scope' | 'results only' | 'reads only' | 'nobody'

/** What comes back: the status, the sentence, and for each wrong place its sentence. */
export type Says = [status: number, detail: string, errors?: Record<string, string>]

/** One malformed request, and the exact answer to it. `{name}` in an address is the id of a badge of the world. */
export type Row = {
  what: string
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'
  url?: string
  as?: Caller
  headers?: Record<string, string>
  body?: string | Buffer | object
  says: Says
}

/** The answer to an exam system's message that can be read and has mistakes. */
export function mistakes(errors: Record<string, string>): Says {
  const count = Object.keys(errors).length
  const how = count === 1 ? 'a mistake' : `${count} mistakes`
  return [422, `The message has ${how}; nothing was kept.`, errors]
}

/** The answer to an operator's body with mistakes. */
export function bodyMistakes(errors: Record<string, string>): Says {
  const count = Object.keys(errors).length
  return [422, `The body has ${count === 1 ? 'a mistake' : `${count} mistakes`}.`, errors]
}

/** The answer at an address that leads nowhere. */
export const nothing: Says = [404, 'There is nothing at this address.']

/** The answer for every badge that cannot be shown, and for none. */
export const notConfirmed: Says = [
  404,
  'We cannot confirm a badge at this address. It may be private, removed, or never have existed. Treat it as not verified.',
]
/** What the address of a hosted assertion says, whether there is none or the badge is under review. */
export const noAssertion: Says = [
  404,
  `${notConfirmed[1]} A badge that is under review is not confirmed here until the review is over.`,
]
