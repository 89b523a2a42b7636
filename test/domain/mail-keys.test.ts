import t from 'tap'
import { badgeMailKinds } from '../../src/domain/holders/mail.ts'
import { mailKey, mailOf } from '../../src/domain/holders/mail-keys.ts'

const badge = '01a0cb4d-1c75-7871-8e58-40aaccf0b1f0'

t.test('the key of a mail says which badge, kind and event it is about', async (t) => {
  for (const kind of badgeMailKinds)
    for (const event of [undefined, 1, 9_007_199_254_740_991]) {
      const planned = { badge, kind, ...(event && { event }) }
      t.same(mailOf({ key: mailKey(planned) }), planned)
    }
})

t.test('a mail that is sent again is about no event', async (t) => {
  for (const [key, kind] of [
    [`mail:${badge}:earned:again:1`, 'earned'],
    [`mail:${badge}:suspended:again:12`, 'suspended'],
    [`mail:${badge}:expires-90:2028-09-23`, 'expires-90'],
    [`mail:${badge}:renamed:0b5c`, 'renamed'],
  ] as const)
    t.same(mailOf({ key }), { badge, kind })
})
