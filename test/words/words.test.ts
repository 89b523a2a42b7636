import t from 'tap'
import arabicCatalogue from '../../src/words/ar.json' with { type: 'json' }
import { languages } from '../../src/words/languages.ts'
import { english, wordsIn } from '../../src/words/words.ts'

const arabic = languages.find(({ lang }) => lang === 'ar') ?? english
const chinese = languages.find(({ lang }) => lang === 'zh-CN') ?? english

t.test('a calendar date is printed as the day it is, wherever the server stands', (t) => {
  const before = process.env.TZ
  for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC']) {
    process.env.TZ = zone
    t.equal(english.day('2026-11-22'), '22 November 2026')
    t.equal(english.day('2024-02-29'), '29 February 2024')
  }
  if (before === undefined) delete process.env.TZ
  else process.env.TZ = before
  t.end()
})

t.test('an instant is printed on the clock of the zone that is named beside it', (t) => {
  t.equal(
    english.moment('2026-11-22T13:08:59Z', 'Asia/Shanghai'),
    '22 November 2026, 21:08 (Asia/Shanghai)',
  )
  t.equal(
    english.moment('2026-11-22T23:30:00Z', 'Asia/Tokyo'),
    '23 November 2026, 08:30 (Asia/Tokyo)',
  )
  t.equal(
    english.moment('2026-11-22T13:08:14.9+00:00', 'UTC', 'second'),
    '22 November 2026, 13:08:14 (UTC)',
  )
  t.end()
})

t.test('a duration is told in words, and nothing for no time', (t) => {
  t.equal(english.duration('P2Y'), '2 years')
  t.equal(english.duration('P1Y'), '1 year')
  t.equal(english.duration('P1Y6M'), '1 year, 6 months')
  t.equal(english.duration('P90D'), '90 days')
  t.equal(english.duration('P0D'), '')
  t.end()
})

t.test('days, moments and durations are written as a language writes them', (t) => {
  t.equal(chinese.day('2026-11-22'), '2026年11月22日')
  t.equal(
    chinese.moment('2026-11-22T13:08:59Z', 'Asia/Shanghai'),
    '2026年11月22日 21:08（Asia/Shanghai）',
  )
  t.equal(chinese.duration('P1Y6M'), '1年6个月')
  t.equal(chinese.say('mail.expires.subject', { days: 30, achievement: 'X' }), '30天后到期：X')
  t.end()
})

t.test('Arabic has its own months and six plurals, with the digits that a machine reads', (t) => {
  t.equal(arabic.day('2026-11-22'), '22 نوفمبر 2026')
  t.equal(
    arabic.moment('2026-11-22T13:08:59Z', 'Asia/Shanghai'),
    '22 نوفمبر 2026، 21:08 (Asia/Shanghai)',
  )
  const forms = [1, 2, 3, 11].map((years) => arabic.duration(`P${years}Y`))
  t.same(forms, ['سنة', 'سنتان', '3 سنوات', '11 سنة'])
  const views =
    '{views, plural, zero {0} one {1} two {2} few {# few} many {# many} other {# other}}'
  const { say } = wordsIn('ar', { ...arabicCatalogue, 'share.views': views })
  const said = [0, 1, 2, 3, 11, 100].map((views) => say('share.views', { views }))
  t.same(said, ['0', '1', '2', '3 few', '11 many', '100 other'])
  t.end()
})
