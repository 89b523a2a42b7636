import type { Mapping, Poll } from '../../schemas/mapping.ts'
import type { FieldError } from '../problem.ts'

const needs: Record<Poll['shape'], (keyof Poll)[]> = {
  kryterion: ['changed', 'pageParameter', 'pages'],
  certiverse: ['cursor'],
}

/** What a shape of polling needs and a mapping lacks. */
export function pollMistakes({ poll }: Mapping): FieldError[] {
  if (!poll) return []
  return needs[poll.shape]
    .filter((name) => poll[name] === undefined)
    .map((name) => ({
      path: `/poll/${name}`,
      message: `${name} is missing: the shape ${poll.shape} needs it.`,
    }))
}
