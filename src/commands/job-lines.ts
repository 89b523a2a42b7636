import type { JobCounts } from '../actions/operating/read-jobs.ts'
import type { Job, JobState } from '../domain/work/job.ts'

const columns = ['waiting', 'due', 'running', 'failed', 'done', 'cancelled'] as const

/** A table with the number of jobs of each kind. The last column shows how late the oldest is. */
export function countLines(counts: JobCounts[], now: string): string[] {
  if (counts.length === 0) return ['  There are no jobs yet. Start Blazon to plan the first.']
  const rows = [
    ['', ...columns, 'late by'],
    ...counts.map((each) => [
      each.kind,
      ...columns.map((name) => number(each[name])),
      each.oldestDue === null ? '' : age(each.oldestDue, now),
    ]),
  ]
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows.map((row) =>
    `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}`.trimEnd(),
  )
}

/** Jobs of one state, with their errors and the next commands. */
export function jobLines(
  jobs: Job[],
  { state, shown }: { state: JobState; shown: number },
): string[] {
  if (jobs.length === 0) return [`  None is ${state}.`]
  const head = `  ${state}, the oldest first${jobs.length === shown ? ` (the first ${shown})` : ''}`
  const lines = jobs.flatMap((job) => [
    `  ${minute(job.runAt)}  ${job.key}${tries(job)}`,
    ...(job.lastError ? [`      ${job.lastError}`] : []),
    ...(state === 'failed' ? [`      npm run jobs -- retry ${job.key}`] : []),
  ])
  const kinds = [...new Set(jobs.map(({ kind }) => kind))]
  if (state !== 'failed' || jobs.length === 1) return [head, ...lines]
  return [
    head,
    ...lines,
    '',
    ...kinds.map((kind) => `  all of ${kind}: npm run jobs -- retry --kind ${kind}`),
  ]
}

/** Vendors whose results were refused, and how to read these again once the mapping file is corrected. */
export function refusedLines(refused: { key: string; since: string }[]): string[] {
  if (refused.length === 0) return []
  const lines = refused.flatMap(({ key, since }) => [
    `  ${minute(since)}  ${key}`,
    `      npm run jobs -- again ${key}`,
  ])
  return [
    '',
    '  results refused, since: correct the mapping file (the log names the fields), restart Blazon, then',
    ...lines,
  ]
}

function tries({ attempts, state }: Job) {
  if (attempts === 0 || (attempts === 1 && state === 'running')) return ''
  return `, tried ${attempts === 1 ? 'once' : `${attempts} times`}`
}

const minute = (instant: string) => `${instant.slice(0, 16).replace('T', ' ')} UTC`
const number = (count: number) => (count === 0 ? '·' : count.toLocaleString('en'))

function age(since: string, now: string) {
  const seconds = Temporal.Instant.from(since).until(now).total('seconds')
  const units = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
  ] as const
  const [size, unit] = units.find(([size]) => seconds >= 2 * size) ?? [1, 's']
  return `${Math.max(0, Math.floor(seconds / size))} ${unit}`
}
