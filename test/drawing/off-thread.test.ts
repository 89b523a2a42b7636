import t from 'tap'
import { offThread } from '../../src/drawing/off-thread.ts'

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
