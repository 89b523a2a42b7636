import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { identityHash } from '../../src/domain/people/identity-hash.ts'
import {
  addressMistake,
  isHashOf,
  normalEmail,
  shownEmail,
} from '../../src/domain/people/mail-address.ts'

const refused: [string, RegExp][] = [
  ['zhang\u200b.wei@example.com', /invisible.*U\+200B/],
  ['zhang.wei@exam\u202eple.com', /invisible.*U\+202E/],
  ['\ufeff\u2060a@example.com', /invisible/],
  ['<a@example.com>', /without a name/],
  ['mailto:a@example.com', /mailto:/],
  ['a@[192.0.2.1]', /IP address/],
  ['a@[IPv6:2001:db8::1]', /IP address/],
  ['a@192.0.2.1', /IP address/],
  ['a@１９２.0.2.1', /domain/],
  ['.a@example.com', /dot at an end.*before/],
  ['a.@example.com', /dot at an end.*before/],
  ['a..b@example.com', /two in a row before/],
  ['a@example.com.', /dot at an end.*after/],
  ['a@.example.com', /dot at an end.*after/],
  ['a@example..com', /two in a row after/],
  [`${'a'.repeat(65)}@example.com`, /more than 64 octets/],
  [`${'é'.repeat(33)}@example.com`, /more than 64 octets/],
  [`${'a'.repeat(64)}@${`${'b'.repeat(60)}.`.repeat(4)}com`, /254 octets/],
  [`a@${'b'.repeat(64)}.com`, /63 characters/],
  ['"zhang wei"@example.com', /quotation marks/],
  ['a@example', /without a dot/],
  ['a@-example.com', /no domain has/],
  ['a@exam_ple.com', /no domain has/],
  ['a@b@example.com', /more than one @/],
  ['a,b@example.com', /one address alone/],
]
for (const [address, says] of refused)
  t.test(`${JSON.stringify(address)} is refused, with what is wrong`, async (t) => {
    t.match(addressMistake(address), says)
  })

for (const address of [
  ...['sean@bücher.example', 'sean@xn--bcher-kva.example', 'Zhang.Wei+exam@Example.com'],
  ...['用户@例え.jp', 'josé@example.com', "o'neill@example.co.uk", 'a@straße.example', ' a@b.cn '],
  ...[`${'a'.repeat(64)}@example.com`],
])
  t.test(`${address} is an address`, async (t) => t.equal(addressMistake(address), undefined))

t.test(
  'an address and its punycode are one, and so is any other way to write its domain',
  async (t) => {
    for (const written of [
      'sean@bücher.example',
      'Sean@BÜCHER.example',
      'sean@bu\u0308cher.example',
    ])
      t.equal(normalEmail(written), 'sean@xn--bcher-kva.example')
    t.equal(normalEmail('sean@XN--BCHER-KVA.example'), 'sean@xn--bcher-kva.example')
    t.equal(normalEmail(' Zhang.Wei@Example.com '), 'zhang.wei@example.com')
  },
)

t.test('a hash from before is known by either form, and no hash by another address', async (t) => {
  for (const form of ['sean@bücher.example', 'sean@xn--bcher-kva.example'])
    for (const asked of ['sean@bücher.example', 'sean@xn--bcher-kva.example'])
      t.ok(isHashOf({ hash: identityHash(form, 's'), salt: 's' }, asked))
  t.notOk(
    isHashOf({ hash: identityHash('sean@bucher.example', 's'), salt: 's' }, 'sean@bücher.example'),
  )
})

/** Written, compared, shown. What UTS 46 tells apart since 2010 (ß, ς) stays apart, as browsers have it. */
const traps: [written: string, key: string, shown: string][] = [
  ['a@straße.example', 'a@xn--strae-oqa.example', 'a@straße.example'],
  ['a@STRAẞE.example', 'a@xn--strae-oqa.example', 'a@straße.example'],
  ['a@strasse.example', 'a@strasse.example', 'a@strasse.example'],
  ['a@βόλος.example', 'a@xn--nxasmm1c.example', 'a@βόλος.example'],
  ['a@ΒΌΛΟΣ.example', 'a@xn--nxasmq6b.example', 'a@βόλοσ.example'],
  ['a@example.ΒΌΛΟΣ', 'a@example.xn--nxasmq6b', 'a@example.βόλοσ'],
  ['a@xn--mgba3gch31f060k.com', 'a@xn--mgba3gch31f060k.com', 'a@نامه\u200cای.com'],
  ['a@例え。jp', 'a@xn--r8jz45g.jp', 'a@例え.jp'],
  ['a@bücher｡example', 'a@xn--bcher-kva.example', 'a@bücher.example'],
  ['a@ｂücher．example', 'a@xn--bcher-kva.example', 'a@bücher.example'],
  ['A@EXAMPLE．COM', 'a@example.com', 'a@example.com'],
  ['J\u030c@example.com', 'ǰ@example.com', 'ǰ@example.com'],
  ['José@Bücher.example', 'josé@xn--bcher-kva.example', 'josé@bücher.example'],
]
for (const [written, key, shown] of traps)
  t.test(`${written} is compared as ${key} and shown as ${shown}`, async (t) => {
    t.equal(addressMistake(written), undefined)
    t.equal(normalEmail(written), key)
    t.equal(shownEmail(key), shown)
  })

for (const written of ['a@exa\u200dmple.com', 'a@نامه\u200cای.com', 'a@bü\u00adcher.example'])
  t.test(`${JSON.stringify(written)} is refused: what nobody sees is damage here`, async (t) => {
    t.match(addressMistake(written), /invisible character \(U\+/)
  })

t.test('what no domain can be is shown as it is on record', async (t) => {
  t.equal(shownEmail('a@xn--b\u00fccher.example'), 'a@xn--b\u00fccher.example')
})

t.test(
  'the form that is compared has no other form, and what is shown leads back to it',
  async (t) => {
    const part = fc.stringMatching(/^[\p{L}\p{M}\p{Nd}]{1,8}$/u)
    const domain = fc.constantFrom(
      'bücher',
      'STRASSE',
      'ΒΌΛΟΣ',
      'βόλος',
      '例え',
      'ｅｘ',
      'xn--bcher-kva',
    )
    const dot = fc.constantFrom('.', '．', '。', '｡')
    const written = fc
      .tuple(part, domain, dot, domain)
      .map(([local, one, between, other]) => `${local}@${one}${between}${other}`)
    const check = (email: string) => {
      const key = normalEmail(email)
      assert.equal(normalEmail(key), key)
      assert.equal(key, key.normalize('NFC'))
      assert.equal(normalEmail(shownEmail(key)), key)
    }
    t.doesNotThrow(() => fc.assert(fc.property(written, check), { numRuns: 2000 }))
  },
)
