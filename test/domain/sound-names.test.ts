import t from 'tap'
import { isSameName } from '../../src/domain/holders/name-request.ts'
import { damageOf } from '../../src/domain/people/damaged-name.ts'

const sound = [
  'С.С. Собянин',
  'Собянин С.С.',
  'Иванов С.Р.',
  'Р.С. Петров',
  "С'Р' Иванов",
  'С-Р Иванов',
  'MATÚŠ MATÚŠ',
  'LUKÚŠ MÚŽIK',
]

t.test('initials and names in capitals are no wrongly decoded text', async (t) => {
  for (const name of sound) t.same(damageOf(name), [], name)
})

t.test('Cyrillic names in UTF-8 that were read as windows-1251 are still found', async (t) => {
  const decoder = new TextDecoder('windows-1251')
  for (const name of ['Иван Петров', 'Сергей', 'ЁЖИКОВА', 'Рёрих', 'Їжак Ґалаґан'])
    t.ok(damageOf(decoder.decode(Buffer.from(name))).includes('wrong-encoding'), name)
})

t.test('spaces around a name, which earlier versions kept, make it no other name', async (t) => {
  const tidy = { fullName: 'Zhang Wei', latinName: null }
  t.ok(isSameName({ fullName: ' Zhang Wei ', latinName: null }, tidy))
  t.notOk(isSameName({ fullName: 'Zhang  Wei', latinName: null }, tidy))
  t.notOk(isSameName({ fullName: 'Zhang Wei', latinName: 'Zhang Wei' }, tidy))
})
