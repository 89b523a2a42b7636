import { pino } from 'pino'

/** The log from a level on: to `destination`, or to standard error. */
export function makeLogger(
  level: string,
  destination: pino.DestinationStream = pino.destination(2),
): pino.Logger {
  return pino({ level, serializers: { err: errorFacts } }, destination)
}

/** What the log keeps of an error, without a database's details, which may quote data. */
function errorFacts({ name, message, stack, ...rest }: Error & { code?: string }) {
  return { type: name, message, code: rest.code, stack }
}
