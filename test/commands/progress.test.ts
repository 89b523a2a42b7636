import t from 'tap'
import { showProgress } from '../../src/commands/progress.ts'

/** Progress of 200,000 rows on a screen that keeps what is written, at a time in milliseconds that the test sets. */
function newProgress(screen: { isTTY: boolean; columns?: number }) {
  const written: string[] = []
  const clock = { time: 0 }
  const progress = showProgress({
    what: 'rows',
    total: 200_000,
    now: () => clock.time,
    screen: { ...screen, write: (text) => written.push(text) },
  })
  return { progress, written, clock }
}

t.test('a terminal shows a bar with rate and time left, ten times a second', async (t) => {
  const { progress, written, clock } = newProgress({ isTTY: true, columns: 100 })
  progress.reached(0)
  t.same(written, [
    '\r  ░░░░░░░░░░░░░░░░░░░░░░░░   0 %  0 of 200,000 rows, 0 a second, a while left\u001b[K',
  ])
  clock.time = 99
  progress.reached(10)
  t.equal(written.length, 1)
  clock.time = 40_000
  progress.reached(50_000)
  t.equal(
    written[1],
    '\r  ██████░░░░░░░░░░░░░░░░░░  25 %  50,000 of 200,000 rows, 1,250 a second, 2 min left\u001b[K',
  )
  progress.end()
  t.equal(written[2], '\r\u001b[K')
})

t.test('in a narrow terminal the bar is shorter, and the words are whole', async (t) => {
  const { progress, written, clock } = newProgress({ isTTY: true, columns: 80 })
  clock.time = 120_000
  progress.reached(150_000)
  t.equal(
    written[0],
    '\r  ██████████████░░░░░  75 %  150,000 of 200,000 rows, 1,250 a second, 40 s left\u001b[K',
  )
})

t.test('no line is longer than the terminal', async (t) => {
  const { progress, written } = newProgress({ isTTY: true, columns: 40 })
  progress.reached(100_000)
  t.equal(written[0]?.replace('\r', '').replace('\u001b[K', '').length, 39)
})

t.test('elsewhere there is a line a minute, and nothing of short work', async (t) => {
  const { progress, written, clock } = newProgress({ isTTY: false })
  for (clock.time = 0; clock.time <= 125_000; clock.time += 100) progress.reached(clock.time / 100)
  progress.end()
  t.same(written, [
    '  600 of 200,000 rows, 10 a second, 5 h 33 min left\n',
    '  1,200 of 200,000 rows, 10 a second, 5 h 32 min left\n',
  ])
})
