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
 * Asks a vendor for one page of what is new, and takes it; the cursor moves only after all of it is kept, so a crash reads it again
 * and keeps nothing twice. A cursor of another url or shape is not used: all is read anew. A result that is refused stops none, and
 * is put on record. Answers the instant to ask again. Throws when the vendor does not
 * answer as it should, and when something could not be kept: then the same page is to be asked for again. Once the signal, or
 * a cursor that moved meanwhile, says that somebody else asks, nothing more is taken.
 */
export async function pollResults(
  tools: Tools,
  name: string,
  { signal }: { signal: AbortSignal },
): Promise<{ again: string }> {
  const { mapping, token = '' } = tools.adapters.get(name) ?? {}
  if (!mapping?.poll) return { again: instantAfter(tools.now(), 'PT24H') } // its file is gone; it may come back
  const polled = { ...mapping, poll: mapping.poll }
  const asked = askedOf(polled)
  const known = await findPoll(tools.db, name)
  const same = known?.asked === asked
  if (known && !same) await sendTo(tools.db, name, { cursor: null, asked })
  const cursor = same ? known.cursor : null
  const answer = await fetchJson(tools, { url: pageUrl(polled, cursor), token, name })
  if ('wait' in answer) return { again: instantAfter(tools.now(), `PT${answer.wait}S`) }
  // Whoever was slow must not tell what was so before over what is so now.
  const { cursor: present = null } = (await findPoll(tools.db, name)) ?? {}
  if (present !== cursor) return { again: tools.now() }
  const { value, mistakes } = answer.json
  const page = readPage(polled, cursor, value)
  await take(tools, { name, cursor, polled, records: page.records, mistakes, signal })
  await keepCursor(tools.db, name, { from: cursor, to: page.cursor, asked, at: tools.now() })
  if (page.moving)
    throw new Problem(
      'unavailable',
      `Results of ${name} move while their pages are read, so these pages are read once more. If that goes on, have its url ask for larger pages.`,
    )
  return { again: page.more ? tools.now() : instantAfter(tools.now(), polled.poll.every) }
}

type Taken = {
  name: string
  cursor: string | null
  polled: Polled
  records: unknown[]
  /** Of the text of the answer, each with its place in it. */
  mistakes: FieldError[]
  signal: AbortSignal
}

async function take(tools: Tools, taken: Taken) {
  const { name, cursor, polled, records, mistakes, signal } = taken
  const list = polled.poll.results
  const outside = mistakes.find(({ path }) => !path.startsWith(`${list}/`))
  if (outside || mistakes.length === mostRepeated)
    throw new Problem('invalid', `The answer of ${name} has keys twice in one object.`)
  const rows = records.map((record, index) => {
    const place = `${list}/${index}/`
    const own = mistakes
      .filter(({ path }) => path.startsWith(place))
      .map(({ path, message }) => ({ path: path.slice(place.length - 1), message }))
    return mapRecord(polled, record, { row: index + 1, now: tools.now(), mistakes: own })
  })
  const report = await importResults(tools, { rows, actor: `adapter:${name}`, signal })
  signal.throwIfAborted()
  tools.metrics.polled(name, report.counts)
  if (report.counts.refused > 0)
    await tellRefused(tools, { name, report, at: pageAt(polled, cursor) })
  if (report.counts.failed > 0)
    throw new Problem(
      'unavailable',
      `${report.counts.failed} of the results of ${name} could not be kept; they are asked for again.`,
    )
}

type Told = { name: string; report: ImportReport; at: ReturnType<typeof pageAt> }

async function tellRefused(tools: Tools, { name, report, at: { from, page } }: Told) {
  tools.log.warn(
    { adapter: name, cursor: from, page, counts: report.counts, refused: refusals(report) },
    'results that were polled are refused',
  )
  await noteRefused(tools.db, name, { at: tools.now(), from })
}

/** The row in the page and the fields that are wrong: nothing of what they hold is for logs. */
function refusals({ rows }: ImportReport) {
  return rows
    .filter(({ outcome }) => outcome === 'refused')
    .map(({ row, errors = [] }) => ({ row, fields: errors.map(({ path }) => path) }))
}
