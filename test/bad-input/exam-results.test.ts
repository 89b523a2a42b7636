import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { passEvent, post, start } from '../help/start.ts'
import { checkRows } from './check-rows.ts'
import { rows as bulk } from './corpus/bulk.ts'
import { rows as callers } from './corpus/callers.ts'
import { rows as bodies } from './corpus/message-bodies.ts'
import { rows as dates } from './corpus/message-dates.ts'
import { rows as fields } from './corpus/message-fields.ts'
import { rows as people } from './corpus/message-people.ts'
import { rows as values } from './corpus/message-values.ts'

await checkRows(t, 'a body that is no message is refused and leaves no trace', bodies)
await checkRows(t, 'a message with mistakes is told each of them, and nothing is kept', [
  ...fields,
  ...values,
  ...people,
])
await checkRows(t, 'a moment that cannot be is refused', dates)
await checkRows(t, 'a caller who may not is refused before the message is read', callers)
await checkRows(t, 'a file that cannot be read as a whole is refused as a whole', bulk)

const { candidate } = passEvent()
const odd: Record<string, Record<string, unknown>> = {
  'that ended 4 minutes ahead of our clock': { endedAt: '2026-11-22T04:04:00Z' },
  'that ended exactly 5 minutes ahead': { endedAt: '2026-11-22T04:05:00Z' },
  'with a moment written in lower case': { endedAt: '2026-11-22t02:12:00z' },
  'on 29 February of a leap year': { endedAt: '2024-02-29T10:00:00Z', startedAt: undefined },
  'that started when it ended': { startedAt: '2026-11-22T02:12:00Z' },
  'with the largest revision': { revision: 2147483647 },
  'with a resultId of 128 characters beyond the basic plane': { resultId: '𠮷'.repeat(128) },
  'with a name that reads from right to left': {
    candidate: { ...candidate, fullName: 'محمد علی' },
  },
  'with a name of one letter': { candidate: { ...candidate, fullName: 'O' } },
  'with markup for a name': {
    candidate: { ...candidate, fullName: '<script>alert(1)</script>' },
  },
  'with spaces around the address': { candidate: { ...candidate, email: ' a@b.example ' } },
}

await onEachDatabase(t, 'what is odd but right is taken: a pass', async (t, database) => {
  const blazon = await start(t, { database })
  for (const [index, [what, changes]] of Object.entries(odd).entries()) {
    // Without a start, two results with one end would be one sitting.
    const endedAt = `2026-11-22T10:12:${10 + index}+08:00`
    const message = passEvent({ resultId: what, startedAt: undefined, endedAt, ...changes })
    const { status } = await post(blazon, message)
    t.equal(status, 201, what)
  }
})

const undated = { startedAt: undefined, endedAt: undefined }
const withoutEnd: Record<string, Record<string, unknown>> = {
  'a no-show without any day': { outcome: 'no-show', ...undated },
  'an abort before content without any day': {
    outcome: 'aborted',
    contentShown: false,
    ...undated,
  },
  'an invalidation without any day': { outcome: 'invalidated', ...undated },
  'a review without any day': { outcome: 'under-review', ...undated },
  'a failure that only says when it was to start': {
    outcome: 'failed',
    ...undated,
    scheduledAt: '2026-11-22T09:00:00+08:00',
  },
}

await onEachDatabase(t, 'what needs no end is taken without one', async (t, database) => {
  const blazon = await start(t, { database })
  for (const [what, changes] of Object.entries(withoutEnd))
    t.equal((await post(blazon, passEvent({ resultId: what, ...changes }))).status, 200, what)
})

t.test('a byte order mark before a message changes nothing', async (t) => {
  const blazon = await start(t)
  const answer = await blazon.app.inject({
    method: 'POST',
    url: '/v1/exam-results',
    headers: { ...blazon.auth, 'content-type': 'application/json; charset=utf-8' },
    payload: `\ufeff${JSON.stringify(passEvent())}`,
  })
  t.equal(answer.statusCode, 201)
})
