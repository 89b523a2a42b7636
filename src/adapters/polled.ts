import type { Mapping, Poll } from '../../schemas/mapping.ts'

/**
 * One answer of a polled vendor: its results, the next cursor, and whether more can be fetched at once. `moving` says
 * that results moved again while their pages were read, so all these pages must be read once more.
 */
export type Page = { records: unknown[]; cursor: string | null; more: boolean; moving?: boolean }
export type Answer = { body: unknown; records: unknown[] }

/** A mapping of a vendor that is polled. */
export type Polled = Mapping & { poll: Poll }
