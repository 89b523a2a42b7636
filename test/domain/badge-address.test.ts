import t from 'tap'
import { badgeAddress, longestAddress } from '../../src/domain/badge/badge-address.ts'

t.test('an address longer than any badge’s is not parsed and is no badge’s', async (t) => {
  const page = `https://badges.example/b/${'a'.repeat(22)}`
  const filled = (length: number) => `${page}?${'x'.repeat(length - page.length - 1)}`
  t.match(badgeAddress('https://badges.example', filled(longestAddress)), {
    at: { slug: 'a'.repeat(22) },
  })
  t.equal(badgeAddress('https://badges.example', filled(longestAddress + 1)), undefined)
})
