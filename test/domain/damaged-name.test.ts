import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { damagedNames, damageOf } from '../../src/domain/people/damaged-name.ts'
import { nameMistake } from '../../src/domain/people/name-text.ts'

const real = [
  ...['Ãlvaro', 'ÃLVARO NUÑEZ', 'JOÃO', 'José', 'Ångström', 'Åsa Öberg', 'Ærø', 'Þór Ðaníel'],
  ...[
    'Đặng Thị Huyền',
    'Nguyễn Ngọc Ngạn'.normalize('NFD'),
    'D’Angelo',
    'Strauß–Meier',
    'André »Dédé«',
  ],
  ...['張偉', '张伟', '𠮷田', '葛\u{e0100}', '山田\u3000太郎', '김민준', 'さくら', 'ｶﾀｶﾅ'],
  ...['علی\u200cرضا', 'مُحَمَّد', 'اللّٰه', 'שָׁלוֹם', 'יִשְׂרָאֵל', 'สมชาย ใจดี', 'กี้', 'བསྒྲུབས'],
  ...['श्री', 'क्\u200dष', 'कुमार', 'ಕುಮಾರ್\u200c', 'ശ്രീജിത്ത്', 'න්\u200dද', 'ကြွို့', 'ហ៊ុន សែន'],
  ...['Иван', 'Сергій Рёрих', 'Марія', 'Ріта Сірко', 'Наталія', 'Љиљана', 'Γιάννης', 'Ἀλέξανδρος'],
  ...[
    'Madonna',
    'Zoë 👩🏽\u200d💻',
    'X Æ A-12',
    "O'Neill",
    'Ò’Neill',
    'MIHÁLY ŐZ',
    'Žižek',
    'ŠČEPAN',
    'Ạ́',
    'ẹ́',
    'M. ʻOkina',
  ],
]
for (const name of real)
  t.test(`${name} is a name as people have it`, async (t) => {
    t.equal(nameMistake(name), undefined)
    t.same(damageOf(name), [])
  })

const damaged: [string, string][] = [
  ['Jos\ufffd', 'replacement-character'],
  ...[
    'JosÃ©',
    'MÃ¼ller',
    'SANDSTRÃ–M',
    'å¼ ä¼Ÿ',
    'å¼\u00a0ä¼Ÿ',
    'Ð˜Ð²Ð°Ð½',
    'Oâ€™Neill',
    'ÐžÐ»ÑŒÐ³Ð°',
  ].map((name): [string, string] => [name, 'wrong-encoding']),
  ...[
    'æŽå¨œ',
    'Å\u00a0 Å½',
    'Î“Î¹Î¬Î½',
    'ê¹€ë¯¼',
    'Èâàí',
    'ÕÅÎ°',
    'Jos√©',
    'JosГ©',
    '锟斤拷',
    'Р˜РІР°РЅ',
  ].map((name): [string, string] => [name, 'wrong-encoding']),
  ['\ue000 Wei', 'private-use'],
  ['Wei \u{50000}', 'unassigned'],
  ['Z\u0300\u0301\u0302\u0303algo', 'stacked-marks'],
  ['ก\u0e47\u0e47\u0e47', 'stacked-marks'],
]
for (const [name, damage] of damaged)
  t.test(`${name} is damaged: ${damage}`, async (t) => {
    t.equal(nameMistake(name), undefined)
    t.ok((damageOf(name) as string[]).includes(damage), String(damageOf(name)))
  })

const refused = [
  ...[
    '\u2028',
    '\u2029',
    '\u202e',
    '\u2066',
    '\u200e',
    '\u061c',
    '\u200b',
    '\u2060',
    '\ufeff',
    '\u00ad',
  ],
  ...[
    '\u{e0041}',
    '\ufdd0',
    '\uffff',
    '\u{1ffff}',
    '\ud800',
    '\u0000',
    '\u3164',
    '\u115f',
    '\u034f',
  ],
  ...['\u200d', '\u200c'],
]
for (const character of refused)
  t.test(`U+${character.codePointAt(0)?.toString(16)} in a name is refused`, async (t) => {
    t.match(nameMistake(`Zhang${character}Wei`), /invisible character/)
  })
for (const name of ['\u3164', '\u2800', ' \u00a0', '\u0301', '\ufe0f', ''])
  t.test(
    `a name of ${[...name].map((each) => each.codePointAt(0)?.toString(16))} shows nothing`,
    async (t) => {
      t.match(nameMistake(name), /visible character/)
    },
  )

const oneOf = fc.constantFrom(...real)
const hurt = fc.constantFrom(...damaged.map(([name]) => name))

t.test('damage is found in each name that is shown of a holder, and nowhere else', async (t) => {
  const names = fc.record({
    fullName: fc.oneof(oneOf, hurt),
    latinName: fc.oneof(oneOf, hurt, fc.constant(null)),
  })
  const check = () =>
    fc.assert(
      fc.property(names, ({ fullName, latinName }) => {
        const isHurt = (name: string | null) => damaged.some(([each]) => each === name)
        assert.deepEqual(
          damagedNames({ fullName, latinName }),
          [fullName, latinName].filter((name) => isHurt(name)),
        )
      }),
    )
  t.doesNotThrow(check)
})
