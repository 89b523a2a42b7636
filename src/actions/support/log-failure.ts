import { Problem } from '../../problem.ts'
import type { Tools } from '../tools/tools.ts'

/** Logs the failure of work that is tried again: a Problem as a warning, any other error as an error, because it is a bug. */
export function logFailure(
  log: Tools['log'],
  error: unknown,
  facts: object,
  message: string,
): void {
  log[error instanceof Problem ? 'warn' : 'error']({ ...facts, err: error }, message)
}
