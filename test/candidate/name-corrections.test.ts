import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { askFor, nameItem, signedIn, wish } from '../help/names.ts'
import { decide } from '../help/review.ts'
import { change, get, issue, passEvent, post, start } from '../help/start.ts'

const { candidate } = passEvent()
const { email } = candidate

onEachDatabase(
  t,
  'an approved name is on the page at once, at the same address and with the same files; the answer is read, the note is not',
  async (t, database) => {
    const blazon = await start(t, { database })
    const badge = await issue(blazon)
    const file = (await get(blazon, badge.links.credential)).body
    const owner = await signedIn(blazon, email)
    const asked = await askFor(owner, badge.id, wish)
    t.match([asked.status, asked.location], [303, /done=name-asked/])
    const waiting = (await owner.get(asked.location)).body
    for (const said of [wish.fullName, wish.reason, 'looks at it']) t.match(waiting, said)
    t.notMatch(waiting, `action="/my/badges/${badge.id}/name"`, 'one at a time')
    const item = await nameItem(blazon)
    const { id: candidateId, fullName, latinName } = candidate
    t.match(item, { candidateId, facts: { was: { fullName, latinName }, why: wish.reason } })
    const answer = 'Thank you, we saw your ID.'
    const decided = await decide(blazon, item?.id ?? '', 'approve', { answer })
    t.equal(decided.status, 200)
    t.same(await decide(blazon, item?.id ?? '', 'approve', { answer: 'Other words.' }), decided)
    const page = await get(blazon, badge.links.page, { accept: 'text/html' })
    t.match(page.body, wish.fullName)
    t.notMatch(page.body, fullName)
    t.equal((await get(blazon, badge.links.credential)).body, file, 'it names nobody, and stays')
    const own = (await owner.get(`/my/badges/${badge.id}`)).body
    t.match(own, 'The programme corrected your name')
    t.match(own, answer)
    t.notMatch(own, /looked at<|Other words/)
    const audit = await blazon.tools.db.selectFrom('audit').select(['action', 'details']).execute()
    const all = JSON.stringify(audit) + blazon.log.join('')
    for (const text of [wish.fullName, fullName, wish.reason, answer]) t.notOk(all.includes(text))
    t.match(audit.map(({ action }) => action).join(), /badge\.name-asked.*review\.decided/)
  },
)

onEachDatabase(
  t,
  'what is refused or taken back leaves the name; a name that the exam system corrects leaves nothing to decide',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { id } = await issue(blazon)
    const owner = await signedIn(blazon, email)
    await askFor(owner, id, wish)
    const first = await nameItem(blazon)
    await decide(blazon, first?.id ?? '', 'refuse')
    t.match((await owner.get(`/my/badges/${id}`)).body, 'did not change your name')
    await askFor(owner, id, wish)
    const second = await nameItem(blazon)
    t.not(second?.id, first?.id, 'asked again, it is a new question')
    await owner.get(`/my/badges/${id}`)
    t.equal((await owner.send(`/my/badges/${id}/name/take-back`)).status, 303)
    t.equal(await nameItem(blazon), undefined)
    t.equal((await decide(blazon, second?.id ?? '', 'approve')).status, 409)
    t.match((await owner.get(`/my/badges/${id}`)).body, `<bdi>${candidate.fullName}</bdi>`)
    await askFor(owner, id, wish)
    const third = await nameItem(blazon)
    const other = { ...candidate, fullName: '章伟' }
    await post(blazon, passEvent({ revision: 2, candidate: other }))
    t.equal(await nameItem(blazon), undefined)
    t.equal((await decide(blazon, third?.id ?? '', 'approve')).status, 409)
    t.match((await owner.get(`/my/badges/${id}`)).body, 'has sent another one since')
  },
)

const long = (length: number) => '张'.repeat(length)

onEachDatabase(
  t,
  'what cannot be a name, or says no reason, is refused in words and asks nobody; what was written stays in the form',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { id } = await issue(blazon)
    const owner = await signedIn(blazon, email)
    const rows: [object, RegExp][] = [
      [{ fullName: '' }, /Write the right name/],
      [{ fullName: ' \u200b ' }, /Write the right name/],
      [{ fullName: long(201) }, /at most 200/],
      [{ latinName: long(201) }, /at most 200/],
      [{ fullName: '张\n玮' }, /cannot be printed/],
      [{ fullName: '张\0玮' }, /cannot be printed/],
      [{ latinName: 'Zhang \u202eieW' }, /cannot be printed/],
      [{ fullName: ` ${candidate.fullName}  ` }, /printed already/],
      [{ reason: ' \n ' }, /Say what is wrong/],
      [{ reason: long(501) }, /at most 500/],
      [{ reason: 'a\0b' }, /cannot be read/],
    ]
    for (const [change, says] of rows) {
      const fields = { ...wish, ...change }
      const { status, body } = await askFor(owner, id, fields)
      t.match([status, body], [422, says])
      t.match(body, /<details open>/)
    }
    const kept = await askFor(owner, id, { ...wish, fullName: '<b>"X"</b>', reason: '' })
    t.match(kept.body, 'value="&lt;b&gt;&quot;X&quot;&lt;/b&gt;"')
    t.equal((await askFor(owner, id, { fullName: 'X', latinName: '' })).status, 422, 'no reason')
    t.equal(await nameItem(blazon), undefined)
    const form = { ...wish, form: 'of-another-visit' }
    t.equal((await owner.post(`/my/badges/${id}/name`, form)).status, 403)
    t.equal((await owner.post(`/my/badges/${id}/name/take-back`, {})).status, 403)
    const fits = { fullName: long(200), latinName: '', reason: `${'x\n'.repeat(249)}xx` }
    t.equal((await askFor(owner, id, fits)).status, 303, 'the longest there can be')
    const twice = await owner.post(`/my/badges/${id}/name`, {
      ...wish,
      form: await token(owner, id),
    })
    t.match([twice.status, twice.body], [409, /wait for an answer already/])
  },
)

onEachDatabase(
  t,
  'a candidate can ask three times a day, whatever became of it, and nobody about a badge that is over',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { id } = await issue(blazon)
    const owner = await signedIn(blazon, email)
    for (let count = 0; count < 3; count += 1) {
      t.equal((await askFor(owner, id, wish)).status, 303)
      await owner.get(`/my/badges/${id}`)
      await owner.send(`/my/badges/${id}/name/take-back`)
    }
    const fourth = await askFor(owner, id, wish)
    t.match([fourth.status, fourth.body], [429, /often enough/])
    blazon.clock.set(Temporal.Instant.from(blazon.clock.now()).add({ hours: 24 }).toString())
    t.equal((await askFor(owner, id, wish)).status, 303, 'a day later')
    await change(blazon, id, 'revoke', { class: 'withdrawn' })
    t.equal(await nameItem(blazon), undefined, 'nothing is left to decide')
    const over = await owner.post(`/my/badges/${id}/name`, {
      ...wish,
      form: await token(owner, id),
    })
    t.equal(over.status, 409)
    t.notMatch((await owner.get(`/my/badges/${id}`)).body, 'My name is wrong')
  },
)

onEachDatabase(
  t,
  'an answer to the candidate goes with a name alone, and an action of another kind is none of a name’s',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { id } = await issue(blazon)
    await post(blazon, passEvent({ resultId: 'R-9', exam: 'PR999999' }))
    const { body } = await blazon.app
      .inject({ url: '/v1/review', headers: blazon.auth })
      .then((answer) => ({ body: answer.json() }))
    const refused = await decide(blazon, body.items[0].id, 'dismiss', { answer: 'hello' })
    t.match([refused.status, JSON.stringify(refused.body)], [422, /answer goes with a name/])
    await askFor(await signedIn(blazon, email), id, wish)
    const item = (await nameItem(blazon))?.id ?? ''
    t.equal((await decide(blazon, item, 'dismiss')).status, 422)
    t.equal((await decide(blazon, item, 'approve', { answer: 'x'.repeat(501) })).status, 422)
    t.equal((await decide(blazon, item, 'approve', { answer: 'a\0b' })).status, 422)
    t.equal((await decide(blazon, item, 'approve', { answer: ' ' })).status, 200)
  },
)

onEachDatabase(t, 'of two requests that come at once, one is asked', async (t, database) => {
  const blazon = await start(t, { database })
  const { id } = await issue(blazon)
  const owner = await signedIn(blazon, email)
  const fields = { ...wish, form: await token(owner, id) }
  const both = [1, 2].map(() => owner.post(`/my/badges/${id}/name`, fields))
  const statuses = (await Promise.all(both)).map(({ status }) => status)
  t.same(statuses.toSorted(), [303, 409])
  t.match(await nameItem(blazon), { state: 'open', facts: { number: 1 } })
})

async function token(owner: Awaited<ReturnType<typeof signedIn>>, id: string): Promise<string> {
  const { body } = await owner.get(`/my/badges/${id}`)
  return /name="form" value="([^"]*)"/.exec(body)?.[1] ?? ''
}
