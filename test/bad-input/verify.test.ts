import t from 'tap'
import { publicUrl } from '../help/start.ts'
import { checkRows } from './check-rows.ts'
import { rows as files } from './corpus/verify-files.ts'
import { rows as json } from './corpus/verify-json.ts'
import { makeWorld } from './world.ts'

await checkRows(
  t,
  'a stranger’s file or address gets a verdict with its reason, never an error of ours',
  [...json, ...files],
)

t.test(
  'verifying a private address answers, but for the time, the bytes of an unknown one',
  async (t) => {
    const world = await makeWorld(t)
    const badge = await world.app.inject({
      url: `/v1/badges/${world.ids.private}`,
      headers: world.auth,
    })
    const { page, image, credential, assertion } = badge.json().links
    const unknown = (address: string) => address.replace(/[\w-]{22}/, 'AAAAAAAAAAAAAAAAAAAAAA')
    const verify = async (url: string) => {
      const answer = await world.app.inject({ method: 'POST', url: '/v1/verify', payload: { url } })
      const { date: _, ...headers } = answer.headers
      return [answer.statusCode, headers, answer.body.replace(/"at":"[^"]*"/g, '"at":""')]
    }
    for (const address of [
      page,
      image,
      credential,
      assertion,
      `${page}.json`,
      `${page}?check=now`,
    ]) {
      t.ok(address.startsWith(publicUrl))
      t.same(await verify(address), await verify(unknown(address)), address)
    }
    const document = (id: string) => ({ type: 'Assertion', id })
    const present = async (payload: object) =>
      (await world.app.inject({ method: 'POST', url: '/v1/verify', payload })).body
    t.equal(await present(document(assertion)), await present(document(unknown(assertion))))
  },
)
