import t from 'tap'
import { identityHash } from '../../src/domain/people/identity-hash.ts'
import { ask } from '../candidate/named.ts'
import { onEachDatabase } from '../help/databases.ts'
import { get, issue, passEvent, post, start } from '../help/start.ts'
import { splitJws } from './served.ts'

onEachDatabase(
  t,
  '1.8 hosted assertion, credential and the credential with the name have salts of their own, at issue and issued anew',
  async (t, database) => {
    const blazon = await start(t, { database })
    const badge = await issue(blazon)
    const seen = new Set<string>()
    const look = async () => {
      const { recipient: hosted } = (await get(blazon, badge.links.assertion)).json()
      const { payload } = splitJws((await get(blazon, badge.links.assertionJws)).body)
      const [plain] = (await get(blazon, badge.links.credential)).json().credentialSubject
        .identifier
      const [named] = (await ask(blazon, badge)).json().credentialSubject.identifier
      const { email } = passEvent().candidate
      for (const each of [hosted, plain, named])
        t.equal(each.identity ?? each.identityHash, identityHash(email, each.salt))
      t.equal(
        (payload.recipient as { salt: string }).salt,
        plain.salt,
        'one credential in two forms',
      )
      return [hosted.salt, plain.salt, named.salt] as string[]
    }
    const first = await look()
    for (const salt of first) seen.add(salt)
    t.equal(seen.size, 3)
    const { status } = await post(
      blazon,
      passEvent({
        revision: 2,
        endedAt: '2026-11-22T10:13:00+08:00',
        startedAt: '2026-11-21T09:00:00+08:00',
      }),
    )
    t.equal(status, 200)
    const [hosted, ...fresh] = await look()
    t.equal(hosted, first[0], 'the hosted assertion stays the same one')
    for (const salt of fresh) seen.add(salt)
    t.equal(seen.size, 5)
  },
)
