import t from 'tap'
import { validity } from '../../src/domain/rules/validity.ts'

const shanghai = { timeZone: 'Asia/Shanghai', term: 'P2Y', inclusiveEnd: 'sameDay' as const }

t.test(
  'two years from 29 February end on 28 February, and from 28 February on 28 February',
  async (t) => {
    t.equal(validity('2024-02-29T10:00:00+08:00', shanghai).expiresOn, '2026-02-28')
    t.equal(validity('2026-02-28T10:00:00+08:00', shanghai).expiresOn, '2028-02-28')
  },
)

t.test(
  'the day is that of the programme’s zone, whatever offset the exam platform writes',
  async (t) => {
    t.equal(validity('2026-11-21T20:30:00Z', shanghai).earnedOn, '2026-11-22')
    t.equal(validity('2026-11-22T00:10:00+08:00', shanghai).earnedOn, '2026-11-22')
    t.equal(validity('2026-11-22T02:00:00+14:00', shanghai).earnedOn, '2026-11-21')
  },
)

t.test(
  'instants are whole seconds with Z, and the end is the last second of the expiry day',
  async (t) => {
    t.same(validity('2026-11-22T10:12:00.999+08:00', shanghai), {
      earnedOn: '2026-11-22',
      expiresOn: '2028-11-22',
      validFrom: '2026-11-22T02:12:00Z',
      validUntil: '2028-11-22T15:59:59Z',
    })
  },
)

t.test('dayBefore makes the expiry one day earlier', async (t) => {
  const rules = { ...shanghai, inclusiveEnd: 'dayBefore' as const }
  t.match(validity('2026-03-01T10:00:00+08:00', rules), {
    expiresOn: '2028-02-29',
    validUntil: '2028-02-29T15:59:59Z',
  })
})
