import t from 'tap'
import { emailField } from '../../src/pages/my/kit/fields.ts'

const { text: field } = emailField('E-mail address', 'Where to')
const pattern = new RegExp(`^(?:${/pattern="([^"]*)"/.exec(field)?.[1]})$`, 'v')

t.test('the field for an address takes what mail servers take, also in the browser', async (t) => {
  t.notMatch(field, 'type="email"', 'browsers refuse letters beyond ASCII before the @ there')
  for (const address of ['josé@example.com', '用户@例え.jp', ' a+b@xn--bcher-kva.example '])
    t.match(address, pattern)
  for (const address of ['zhang.wei', '@example.com', 'a@', 'a b@example.com', 'a@b@example.com'])
    t.notMatch(address, pattern)
})
