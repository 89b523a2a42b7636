import type { ImportReport } from '../../../schemas/import-report.ts'
import { mostRepeated } from '../../../schemas/inspect-json.ts'
import { mapRecord } from '../../adapters/map.ts'
import { askedOf, pageAt, pageUrl, readPage } from '../../adapters/poll-shapes.ts'
import type { Polled } from '../../adapters/polled.ts'
import { instantAfter } from '../../domain/work/job.ts'
import { type FieldError, Problem } from '../../problem.ts'
import { findPoll, keepCursor, noteRefused, sendTo } from '../../storage/results/polls.ts'
import { fetchJson } from '../support/fetch-json.ts'
import type { Adapters } from '../tools/read-adapters.ts'
import type { Tools } from '../tools/tools.ts'
import { importResults } from './import-results.ts'

/** The jobs of the adapters that poll. */
export function pollJobs(adapters: Adapters): { kind: string; key: string }[] {
  return [...adapters.values()]
    .filter(({ mapping }) => mapping.poll)
    .map(({ name }) => ({ kind: 'poll', key: `poll:${name}` }))
}

/**
 * Polls one page of new results from a vendor and imports it. The cursor moves only after all of the page is stored, so
 * a crash repeats the page and stores nothing twice. If the url or shape changed, the cursor is not used and everything
 * is read again. A refused result does not stop the others, and is recorded. Answers the instant of the next poll.
 * Throws when the vendor's answer is not usable, and when a result could not be stored: then the same page must be
 * polled again. Stops when the signal, or a cursor that moved meanwhile, shows that another process polls.
 */
export async function pollResults(
  tools: Tools,
  name: string,
  { signal }: { signal: AbortSignal },
): Promise<{ again: string }> {
  const { mapping, token = '' } = tools.adapters.get(name) ?? {}
  if (!mapping?.poll) return { again: instantAfter(tools.now(), 'PT24H') } // its mapping file is gone, but may return
  const polled = { ...mapping, poll: mapping.poll }
  const asked = askedOf(polled)
  const known = await findPoll(tools.db, name)
  const same = known?.asked === asked
  if (known && !same) await sendTo(tools.db, name, { cursor: null, asked })
  const cursor = same ? known.cursor : null
  const answer = await fetchJson(tools, { url: pageUrl(polled, cursor), token, name })
  if ('wait' in answer) return { again: instantAfter(tools.now(), `PT${answer.wait}S`) }
  // A slow poller must not overwrite newer results with older ones.
  const { cursor: present = null } = (await findPoll(tools.db, name)) ?? {}
  if (present !== cursor) return { again: tools.now() }
  const { value, mistakes } = answer.json
  const page = readPage(polled, cursor, value)
  await take(tools, { name, cursor, polled, records: page.records, mistakes, signal })
  await keepCursor(tools.db, name, { from: cursor, to: page.cursor, asked, at: tools.now() })
  if (page.moving)
    throw new Problem(
      'unavailable/pages-moving',
      `The results of ${name} change while their pages are read, so these pages are read once more. If this repeats, make its url ask for larger pages.`,
    )
  return { again: page.more ? tools.now() : instantAfter(tools.now(), polled.poll.every) }
}

type Taken = {
  name: string
  cursor: string | null
  polled: Polled
  records: unknown[]
  /** Mistakes in the text of the answer, each with its path. */
  mistakes: FieldError[]
  signal: AbortSignal
}

async function take(tools: Tools, taken: Taken) {
  const { name, cursor, polled, records, mistakes, signal } = taken
  const list = polled.poll.results
  const outside = mistakes.find(({ path }) => !path.startsWith(`${list}/`))
  if (outside || mistakes.length === mostRepeated)
    throw new Problem(
      'invalid/repeated-keys',
      `The answer of ${name} has keys twice in one object.`,
    )
  const rows = records.map((record, index) => {
    const place = `${list}/${index}/`
    const own = mistakes
      .filter(({ path }) => path.startsWith(place))
      .map(({ path, ...rest }) => ({ path: path.slice(place.length - 1), ...rest }))
    return mapRecord(polled, record, { row: index + 1, now: tools.now(), mistakes: own })
  })
  const report = await importResults(tools, { rows, actor: `adapter:${name}`, signal })
  signal.throwIfAborted()
  tools.metrics.polled(name, report.counts)
  if (report.counts.refused > 0)
    await reportRefused(tools, { name, report, at: pageAt(polled, cursor) })
  if (report.counts.failed > 0)
    throw new Problem(
      'unavailable/results-not-kept',
      `${report.counts.failed} of the results of ${name} could not be stored; they are polled again.`,
    )
}

type Refusal = { name: string; report: ImportReport; at: ReturnType<typeof pageAt> }

async function reportRefused(tools: Tools, { name, report, at: { from, page } }: Refusal) {
  tools.log.warn(
    { adapter: name, cursor: from, page, counts: report.counts, refused: refusals(report) },
    'polled results were refused',
  )
  await noteRefused(tools.db, name, { at: tools.now(), from })
}

/** The rows of the page with their wrong fields, without values: those are not for logs. */
function refusals({ rows }: ImportReport) {
  return rows
    .filter(({ outcome }) => outcome === 'refused')
    .map(({ row, errors = [] }) => ({ row, fields: errors.map(({ path }) => path) }))
}
