import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import t from 'tap'
import { certificationNumber } from '../../src/domain/badge/certification-number.ts'
import { identityHash } from '../../src/domain/people/identity-hash.ts'
import { normalEmail } from '../../src/domain/people/mail-address.ts'
import { initials } from '../../src/domain/people/name-keys.ts'
import { addresses } from '../../src/domain/programme/addresses.ts'
import { randomIndex, slug, uuid } from '../../src/domain/work/random-ids.ts'

/** Luhn mod 32, written from its definition: from the right, every second symbol doubled and its base-32 digits added. */
function isCertificationNumber(number: string) {
  const symbols = number.replace(/^NWC-/, '').replaceAll('-', '')
  const digits = [...symbols]
    .reverse()
    .map((each) => '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(each))
  const sum = digits.reduce((total, digit, place) => {
    const doubled = place % 2 === 1 ? digit * 2 : digit
    return total + Math.floor(doubled / 32) + (doubled % 32)
  }, 0)
  return sum % 32 === 0
}

t.test(
  'a certification number has the written form, and its check character finds every single wrong symbol',
  async (t) => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 9, maxLength: 9 }),
        fc.nat(31),
        fc.nat(9),
        (bytes, symbol, place) => {
          const number = certificationNumber('NWC', bytes)
          if (
            !/^NWC-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}$/.test(number)
          )
            return false
          if (!isCertificationNumber(number)) return false
          const at = [4, 5, 6, 7, 9, 10, 11, 12, 14, 15][place] ?? 4
          const wrong =
            number.slice(0, at) +
            '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.charAt(symbol) +
            number.slice(at + 1)
          return wrong === number || !isCertificationNumber(wrong)
        },
      ),
    )
    t.pass('for random numbers, symbols and places')
  },
)

t.test('a UUID is version 4, a slug has 128 bits, an index is uniform over the list', async (t) => {
  const random = (bytes: number) => randomBytes(bytes)
  for (let count = 0; count < 200; count += 1) {
    t.match(uuid(random), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    t.match(slug(random), /^[\w-]{22}$/)
  }
  const quarters = [0, 0, 0, 0]
  for (let count = 0; count < 8000; count += 1) {
    const quarter = Math.floor(randomIndex(random, 131072) / 32768)
    quarters[quarter] = (quarters[quarter] ?? 0) + 1
  }
  // Each is 2000 on average with a standard deviation of 39: eight of them is beyond chance.
  t.ok(
    quarters.every((count) => Math.abs(count - 2000) < 8 * 39),
    quarters.join(' '),
  )
})

t.test('an address is hashed trimmed and in lower case, followed by the salt', async (t) => {
  t.equal(normalEmail('  Zhang.Wei@Example.com '), 'zhang.wei@example.com')
  // printf 'a@b.cs' | sha256sum
  t.equal(
    identityHash('a@b.c', 's'),
    'sha256$53eb3ea6206669c98b3137d305ac0119f27bcea93abdf048c2a20de9ad6fe2ea',
  )
})

t.test('initials are the first grapheme of each word', async (t) => {
  t.equal(initials('Zhang Wei'), 'Z. W.')
  t.equal(initials('  ada  king lovelace '), 'A. K. L.')
  t.equal(initials('张伟'), '张.')
  t.equal(initials('e\u0301lodie'), 'É.'.normalize('NFD'))
})

t.test('every address is made from PUBLIC_URL, and a port stands as %3A in the DID', async (t) => {
  t.equal(addresses('http://localhost:3000').did, 'did:web:localhost%3A3000')
  t.equal(addresses('https://badges.example.test').did, 'did:web:badges.example.test')
  t.equal(
    addresses('https://badges.example.test').ob2Key('rsa-1'),
    'https://badges.example.test/ob2/rsa-1/key',
  )
})
