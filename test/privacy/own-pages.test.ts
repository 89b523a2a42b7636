import t from 'tap'
import { openSession } from '../../src/actions/sign-in.ts'
import { onEachDatabase } from '../help/databases.ts'
import { visitor } from '../help/visitor.ts'
import { makeWorld } from './states.ts'

const nobodys = '00000000-0000-4000-8000-000000000000'

await onEachDatabase(
  t,
  'to another candidate, each page and form about a badge answers as if there were no such badge',
  async (t, database) => {
    const world = await makeWorld(t, database)
    const other = visitor(world)
    const agent = 'Firefox on Linux'
    const { secret } = await openSession(world.tools, { email: 'other@example.com', agent })
    other.cookies.set('__Host-blazon-session', secret)
    const { body } = await other.get('/my/account')
    const form = /name="form" value="([^"]*)"/.exec(body)?.[1] ?? ''
    const settings = { visibility: 'public', nameDisplay: 'full' }
    const asked = async (id: string) => {
      const at = `/my/badges/${id}`
      const link = { label: 'x', expires: '', viewLimit: '' }
      const seen = [
        await other.get(at),
        await other.post(`${at}/claim`, { form, answer: 'public' }),
        await other.post(`${at}/privacy`, { form, ...settings }),
        await other.post(`${at}/links`, { form, ...link }),
        await other.post(`${at}/links/${nobodys}/revoke`, { form }),
        await other.post(`${at}/name`, { form, fullName: 'Olga', latinName: '', reason: 'x' }),
        await other.post(`${at}/name/take-back`, { form }),
        await other.get(`${at}/share`),
        await other.post(`${at}/share`, { form }),
        await other.get(`${at}/files`),
        await other.get(`${at}/files.zip`),
        await other.post(`${at}/addresses`, { form, email: 'other@example.com' }),
      ]
      return seen.map(({ status, body, location, headers }) => ({
        status,
        location: location.replace(id, 'ID'),
        body: body.replaceAll(/[0-9a-f-]{36}|req-\w+/g, 'ID'),
        keeps: headers['cache-control'],
      }))
    }
    const none = await asked(nobodys)
    t.same(
      none.map(({ status }) => status),
      [404, 404, 404, 404, 303, ...Array(7).fill(404)],
    )
    for (const [state, { id }] of Object.entries(world.badges)) t.same(await asked(id), none, state)
  },
)

await onEachDatabase(
  t,
  'a page behind a share link is kept by nobody, sends no Referer on, and looks the same however often it was opened',
  async (t, database) => {
    const world = await makeWorld(t, database)
    const owner = visitor(world)
    const agent = 'Firefox on Linux'
    const email = 'secret.address.6@example.com'
    const { secret } = await openSession(world.tools, { email, agent })
    owner.cookies.set('__Host-blazon-session', secret)
    const mine = (await owner.get('/my/badges')).body
    const id = /\/my\/badges\/([\w-]{36})/.exec(mine)?.[1] ?? ''
    await owner.get(`/my/badges/${id}`)
    await owner.send(`/my/badges/${id}/claim`, { answer: 'private' })
    await owner.get(`/my/badges/${id}`)
    const link = { label: 'for Contoso', expires: '', viewLimit: '' }
    const made = await owner.send(`/my/badges/${id}/links`, link)
    const share = /https:\/\/[^"\s<]+\?share=[\w-]+/.exec(made.body)?.[0] ?? ''
    const first = await visitor(world).get(share)
    t.equal(first.status, 200)
    t.match(first.headers, {
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': /noindex/,
    })
    t.equal(first.headers.etag, undefined)
    t.equal(first.headers['last-modified'], undefined)
    for (let count = 0; count < 3; count += 1)
      t.equal((await visitor(world).get(share)).body, first.body, 'no count in the page')
    t.equal((await visitor(world).get(share.replace(/\?.*/, ''))).status, 404)
    t.match((await owner.get(`/my/badges/${id}`)).body, /opened 4 times/)
    t.notOk(world.log.join('').includes(new URL(share).searchParams.get('share') ?? '-'))
  },
)
