import type { Mapping, Poll } from '../../schemas/mapping.ts'

/**
 * One answer of a vendor that is polled: its results, where to go on, and whether there is more at once. `moving` says that results
 * moved again while their pages were read, so all of these are to be read once more.
 */
export type Page = { records: unknown[]; cursor: string | null; more: boolean; moving?: boolean }
export type Answer = { body: unknown; records: unknown[] }

/** A mapping that is polled. */
export type Polled = Mapping & { poll: Poll }
