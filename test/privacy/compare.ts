import type { LightMyRequestResponse } from 'fastify'
import type { Place, World } from './states.ts'
import type { Form } from './table.ts'

/** The address of one form of the badge at a place. */
export function addressOf(
  { route, at = route }: Pick<Form, 'route' | 'at'>,
  { slug, hosted, credential }: Place,
): string {
  return at.replace(':slug', slug).replace(':id', hosted).replace(':credential', credential)
}

/** An address with a question added, `?share=…`, whether it has one already or not. */
export function asking(address: string, question: string): string {
  return address.includes('?') ? address + question.replace('?', '&') : address + question
}

/** All that somebody can compare: status, every header but the time of day, and bytes. */
export function visible({ statusCode, headers, rawPayload }: LightMyRequestResponse) {
  const { date: _, ...rest } = headers
  return { statusCode, headers: rest, bytes: rawPayload.toString('latin1') }
}

export async function ask(
  { app }: World,
  url: string,
  headers: Record<string, string> = {},
  method: 'GET' | 'HEAD' | 'OPTIONS' | 'POST' = 'GET',
) {
  return visible(await app.inject({ method, url, headers }))
}
