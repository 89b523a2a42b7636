import t, { type Test } from 'tap'
import { get, issue, start } from '../help/start.ts'

t.test(
  'every page that networks preview names its picture, which answers (conformance 9.20)',
  async (t) => {
    const blazon = await start(t as Test)
    const { links } = await issue(blazon)
    const assertion = (await get(blazon, links.assertion)).json()
    const { issuer } = (await get(blazon, assertion.badge)).json()
    const { id } = (await get(blazon, links.credential)).json().credentialSubject.achievement
    const addresses = ['/', '/ob3/issuer', issuer, id, assertion.badge, links.page, links.assertion]
    for (const address of addresses) {
      const { body } = await get(blazon, address, { accept: 'text/html' })
      t.match(body, /property="og:title"/, address)
      const picture = /property="og:image" content="([^"]+)"/.exec(body)?.[1] ?? ''
      t.ok(picture, `${address} has og:image`)
      if (picture)
        t.equal((await get(blazon, picture)).headers['content-type'], 'image/png', picture)
    }
  },
)
