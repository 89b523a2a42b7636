import type { LightMyRequestResponse } from 'fastify'
import type { Place, World } from './states.ts'
import type { Form } from './table.ts'

/** The address of one form of the badge at a place. */
export function addressOf(
  { route }: Pick<Form, 'route'>,
  { slug, hosted, credential }: Place,
): string {
  return route.replace(':slug', slug).replace(':id', hosted).replace(':credential', credential)
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
