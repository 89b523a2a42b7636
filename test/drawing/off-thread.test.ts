import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { drawCard } from '../../src/drawing/card.ts'
import { openCertificateQueue } from '../../src/drawing/certificate-queue.ts'
import { offThread } from '../../src/drawing/off-thread.ts'
import { sampleCards } from './cards.ts'
import { certificate, now } from './certificates.ts'

const thread = new URL('./echo-thread.ts', import.meta.url)

t.test('each question has its own answer, and a failure is of its question alone', async (t) => {
  const ask = offThread<string, string>(thread)
  const [first, failed, last] = await Promise.allSettled([ask('one'), ask('fail'), ask('two')])
  t.match(first, { value: 'one one' })
  t.match(failed, { reason: { message: /no such drawing/ } })
  t.match(last, { value: 'two two' })
})

t.test(
  'a thread that dies fails what it had not answered, and the next question has another',
  async (t) => {
    const ask = offThread<string, string>(thread)
    const lost = await Promise.allSettled([ask('die'), ask('one')])
    t.match(lost, [{ reason: { message: /ended with 3/ } }, { status: 'rejected' }])
    t.equal(await ask('two'), 'two two')
  },
)

t.test('what is asked while a thread dies is answered by the next', async (t) => {
  const ask = offThread<string, string>(thread)
  const next = ask('break').catch(() => ask('two'))
  t.equal(await next, 'two two')
})

t.test('a thread that has rested ends, and the next question has another', async (t) => {
  const ask = offThread<string, string>(thread, { rest: 1 })
  const first = await ask('thread')
  let next = first
  while (next === first) {
    await sleep(20)
    next = await ask('thread')
  }
  t.pass('another thread answers')
})

t.test('whoever waits for certificates or cards is idle, and has time for pages', async (t) => {
  const studio = openCertificateQueue({ most: 1 })
  const { valid: card } = await sampleCards()
  if (!card) throw new Error('there is no such card')
  const drawings = {
    certificates: (index: number) =>
      studio({ certificate: certificate({ name: `Person ${index}` }), now }),
    cards: (index: number) => drawCard({ ...card, holder: `Person ${index}` }),
  }
  for (const [name, draw] of Object.entries(drawings)) {
    await draw(0)
    const before = performance.eventLoopUtilization()
    for (let index = 1; index <= 10; index += 1) await draw(index)
    const { utilization } = performance.eventLoopUtilization(before)
    t.ok(utilization < 0.5, `${name}: busy for ${utilization.toFixed(2)} of the time`)
  }
})
