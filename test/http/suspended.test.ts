import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { change, get, issue, start } from '../help/start.ts'

const accepts = [undefined, '*/*', 'application/ld+json', 'application/json', 'image/png']

onEachDatabase(
  t,
  'while a badge is suspended its hosted assertion is not confirmed, its page says why, and reinstatement shows at once',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { id, links } = await issue(blazon)
    const before = await get(blazon, links.assertion)
    t.equal(before.statusCode, 200)
    await change(blazon, id, 'suspend')
    for (const accept of accepts) {
      const headers = {
        ...(accept && { accept }),
        'if-none-match': String(before.headers.etag),
      }
      const none = await get(blazon, '/ob2/assertions/AAAAAAAAAAAAAAAAAAAAAA', headers)
      const now = await get(blazon, links.assertion, headers)
      t.same([now.statusCode, now.body], [404, none.body], accept ?? 'no Accept')
      t.match(now.json().detail, /under review/)
      t.equal(now.headers['cache-control'], 'no-store')
      t.same(Object.keys(now.headers).sort(), Object.keys(none.headers).sort())
    }
    t.equal((await get(blazon, links.assertion, blazon.auth)).statusCode, 404, 'to operators too')
    for (const address of [links.page, links.assertion]) {
      const page = await get(blazon, address, { accept: 'text/html' })
      t.match([page.statusCode, page.body], [200, /Status under review/], address)
    }
    t.match((await get(blazon, `/oembed?url=${links.page}`)).json().title, /^Status under review/)
    t.match((await get(blazon, `${links.page}.json`)).json(), { status: 'suspended' })
    await change(blazon, id, 'reinstate')
    const after = await get(blazon, links.assertion)
    t.same([after.statusCode, after.body], [200, before.body])
    t.equal(after.headers['cache-control'], 'no-cache')
  },
)
