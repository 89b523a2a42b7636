import t from 'tap'
import { openSession } from '../../src/actions/holders/sign-in.ts'
import { onEachDatabase } from '../help/databases.ts'
import { asTxTools } from '../help/transaction.ts'
import { visitor } from '../help/visitor.ts'
import { makeWorld } from './states.ts'

const aboutOne = /^\/my\/badges\/:/
const nobodys = '00000000-0000-4000-8000-000000000000'

await onEachDatabase(
  t,
  'to another candidate, each page and form about a badge answers as if there were no such badge',
  async (t, database) => {
    const world = await makeWorld(t, database)
    const other = visitor(world)
    const agent = 'Firefox on Linux'
    const { secret } = await openSession(asTxTools(world.tools), {
      email: 'other@example.com',
      agent,
    })
    other.cookies.set('__Host-blazon-session', secret)
    const { body } = await other.get('/my/account')
    const form = /name="form" value="([^"]*)"/.exec(body)?.[1] ?? ''
    const settings = { visibility: 'public', nameDisplay: 'full' }
    const link = { label: 'x', expires: '', viewLimit: '' }
    const files = { form, email: 'other@example.com' }
    const name = { form, fullName: 'Olga', latinName: '', reason: 'x' }
    // What is asked, with what is filled in, and what is answered where there is no such badge.
    const requests: Record<string, [Record<string, string>, number]> = {
      'GET /my/badges/:id': [{}, 404],
      'POST /my/badges/:id/claim': [{ form, answer: 'public' }, 404],
      'POST /my/badges/:id/privacy': [{ form, ...settings }, 404],
      'POST /my/badges/:id/links': [{ form, ...link }, 404],
      'POST /my/badges/:id/links/:link/revoke': [{ form }, 303],
      'POST /my/badges/:id/name': [name, 404],
      'POST /my/badges/:id/name/take-back': [{ form }, 404],
      'GET /my/badges/:id/share': [{}, 404],
      'POST /my/badges/:id/share': [{ form }, 404],
      'GET /my/badges/:id/files': [{}, 404],
      'GET /my/badges/:id/files.zip': [{}, 404],
      'POST /my/badges/:id/addresses': [files, 404],
    }
    const routes = world.routes.filter(({ method, url }) => method !== 'HEAD' && aboutOne.test(url))
    t.same(
      Object.keys(requests).toSorted(),
      routes.map(({ method, url }) => `${method} ${url}`).toSorted(),
      'every route about one badge is asked here',
    )
    const asked = async (id: string) => {
      const seen = []
      for (const [request, [fields]] of Object.entries(requests)) {
        const [method, route = ''] = request.split(' ')
        const at = route.replace(':id', id).replace(':link', nobodys)
        seen.push(await (method === 'GET' ? other.get(at) : other.post(at, fields)))
      }
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
      Object.values(requests).map(([, status]) => status),
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
    const { secret } = await openSession(asTxTools(world.tools), { email, agent })
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
