import t from 'tap'
import { rest } from '../help/share.ts'
import { idsOf, startWithWays, type WayName } from '../help/ways.ts'

const long = ['90071992547409931', '90071992547409933', '9007199254740993', '9007199254740992']
const longer = ['1234567890123456789012345678901', '1234567890123456789012345678902']
const wrong = ['1e21', '9007199254740993.0', '7.0', '9E3', '-9007199254740993', 'true']

const takesNumbers: WayName[] = ['CSV', 'an adapter', 'a file of a vendor', 'xAPI', 'a polled feed']
const takesText: WayName[] = ['JSON', 'NDJSON']

rest(t).test('numbers as ids, by every way', async (t) => {
  const { blazon, ways } = await startWithWays(t)
  const { db } = blazon.tools
  let sent = 0

  for (const name of takesNumbers)
    await t.test(`every digit is kept: ${name}`, async (t) => {
      for (const id of [...long, ...longer, '7']) {
        sent += 1
        const { status, text } = await ways[name]({
          resultId: id,
          candidateId: id,
          who: `w${sent}`,
        })
        t.ok([200, 201].includes(status), text)
      }
      const { results, candidates } = await idsOf(blazon, name)
      t.same(candidates, [...long, ...longer, '7'].toSorted())
      if (name !== 'xAPI') t.same(results, candidates, 'and those of results')
      const badges = await db.selectFrom('badge').select('source').execute()
      t.equal(badges.length, sent, 'a badge for each')
    })

  for (const name of takesText)
    await t.test(`what is no text is refused, and told where: ${name}`, async (t) => {
      const before = await idsOf(blazon, name)
      for (const id of [...long, ...longer, ...wrong]) {
        const { status, text } = await ways[name]({ resultId: id, candidateId: id, who: 'nobody' })
        t.equal(status, name === 'JSON' ? 422 : 200, text)
        t.match(text, name === 'JSON' ? /nothing was kept/ : /"refused":1/)
        t.match(text, /"path":"\/resultId"[\s\S]*"path":"\/candidate\/id"/)
      }
      t.same(await idsOf(blazon, name), before, 'nothing was kept')
    })

  for (const name of takesNumbers.filter((each) => !/CSV|file/.test(each)))
    await t.test(`what is no whole number is no id: ${name}`, async (t) => {
      const before = await idsOf(blazon, name)
      for (const id of wrong) {
        const { status, text } = await ways[name]({
          resultId: '"R-1"',
          candidateId: id,
          who: 'nobody',
        })
        if (name !== 'a polled feed')
          t.match([status, text], [422, /must be text, or a whole number/])
      }
      t.same(await idsOf(blazon, name), before)
    })
})
