import { hash } from 'node:crypto'
import * as fc from 'fast-check'
import t, { type Test } from 'tap'
import type { Programme } from '../../schemas/programme.ts'
import { canonicalForm } from '../../src/credentials/canonical.ts'
import { dataToSign, slots } from '../../src/credentials/data-to-sign.ts'
import { makeShapes } from '../../src/credentials/shapes.ts'
import { cut, fill } from '../../src/credentials/slots.ts'
import { compileTemplate } from '../../src/credentials/template.ts'
import { changedProgramme } from '../help/programme.ts'
import { rest } from '../help/share.ts'
import { get, issue, passEvent, start } from '../help/start.ts'

type Json = Record<string, unknown>

/** Documents of every shape that Blazon signs, without their proofs. */
async function samples(t: Test): Promise<Record<string, Json>> {
  const plain = await start(t)
  const read = async (world: typeof plain, address: string) => {
    const { proof, ...document } = JSON.parse((await get(world, address)).body)
    return { document, options: { ...proof[0], '@context': document['@context'] } }
  }
  const practitioner = await issue(plain)
  const first = await read(plain, practitioner.links.credential)
  const scored = await issue(plain, { resultId: 'R-2', exam: 'PR000003' })
  const list = await read(plain, first.document.credentialStatus.statusListCredential)
  const PROGRAMME_FILE = changedProgramme(t, ({ policies }: Programme) => {
    policies.emailIdentifier = false
    policies.statusMethod = '1EdTechRevocationList'
  })
  const other = await start(t, { settings: { PROGRAMME_FILE } })
  const bare = await issue(other, { resultId: 'R-3' })
  const { proofValue: _, ...options } = first.options
  return {
    credential: first.document,
    'with a score': (await read(plain, scored.links.credential)).document,
    'named and for two addresses': withIdentifiers(first.document),
    'without identifier, with another status': (await read(other, bare.links.credential)).document,
    'status list': list.document,
    'proof options': options,
  }
}

function withIdentifiers(credential: Json): Json {
  const subject = credential.credentialSubject as Json & { identifier: Json[] }
  const name = {
    type: 'IdentityObject',
    hashed: false,
    identityHash: passEvent().candidate.fullName,
    identityType: 'name',
  }
  const identifier = [...subject.identifier, { ...subject.identifier[0], salt: '0' }, name]
  return { ...credential, credentialSubject: { ...subject, identifier } }
}

const hostile = [
  '"',
  '\\',
  '\n',
  '\u0000\u007f\u0085\u2028',
  '_:c14n0',
  '_:a',
  '<https://a.example/> .',
  '"@en',
  '"^^<x>',
  '\ud800',
  'e\u0301',
  '\u202eabc',
  '👩‍👩‍👧‍👦',
  '张伟',
  '',
  ' ',
  '@id',
  'https://a.example/b c',
  'did:x:y',
  'urn:uuid:',
  'relative',
  '#x',
]
const text = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom(...hostile), { maxLength: 4 }).map((parts) => parts.join('')),
)
const value = fc.oneof(
  fc.uuid().map((id) => `urn:uuid:${id}`),
  fc.webUrl({ withFragments: true }),
  fc.stringMatching(/^[0-9a-f]{0,64}$/),
  fc.constantFrom('2026-11-22T02:12:00Z', '1', '812', 'passed'),
  text,
)

/** What the general path makes of a document, or that it refuses it. */
const general = (document: object) => canonicalForm(document).catch(() => 'refused')

/** Holds templates against the general path: each sample with other strings in some of its slots, so many times. */
async function compare(t: Test, times: number) {
  for (const [name, document] of Object.entries(await samples(t))) {
    const template = await compileTemplate(document, slots)
    if (!template) throw new Error(`${name} has no template`)
    const { shape, values } = cut(document, slots)
    let made = 0
    const differing: string[][] = []
    const changes = fc.array(fc.option(value, { freq: 1 }), {
      minLength: values.length,
      maxLength: values.length,
    })
    for (const change of fc.sample(changes, times)) {
      const others = values.map((present, slot) => change[slot] ?? present)
      const form = template(others)
      if (form === undefined) continue
      made += 1
      if (form !== (await general(fill(shape, slots, others)))) differing.push(others)
    }
    t.same(differing, [], name)
    t.ok(made > times / 20, `${name}: ${made} of ${times} by the template`)
  }
}

t.test('a template makes what the general path makes, whatever stands in the slots', (t) =>
  compare(t as Test, 150),
)

rest(t).test('the same, over tens of thousands', { timeout: 600_000 }, (t) =>
  compare(t as Test, 3500),
)

t.test('blank nodes are labelled by what they hold, in every order', async (t) => {
  const { credential } = await samples(t as Test)
  const template = await compileTemplate(credential ?? {}, slots)
  const { shape, values } = cut(credential ?? {}, slots)
  const salt = values.findIndex((value) => /^[0-9a-f]{32}$/.test(value))
  const labels = new Set<string>()
  for (let index = 0; index < 120; index += 1) {
    const others = values.with(salt, String(index))
    const form = template?.(others)
    t.equal(form, await general(fill(shape, slots, others)))
    labels.add(/identifier> (_:c14n\d)/.exec(form ?? '')?.[1] ?? 'none')
  }
  t.ok(labels.size > 2, [...labels].join(' '))
})

t.test('like parts, and lines that would be twice, are left to the general path', async (t) => {
  const { credential: sample } = await samples(t as Test)
  const credential = sample as Json & { credentialSubject: Json & { identifier: Json[] } }
  const subject = credential.credentialSubject
  const [one = {}] = subject.identifier
  const two = {
    ...credential,
    credentialSubject: { ...subject, identifier: [one, { ...one, salt: '0' }] },
  }
  const template = await compileTemplate(two, slots)
  const { values } = cut(two, slots)
  t.type(template?.(values), 'string')
  t.equal(template?.(values.map((value) => (value === '0' ? String(one.salt) : value))), undefined)
  const twice = { ...credential, credentialSubject: { ...subject, identifier: [one, one] } }
  t.equal(await compileTemplate(twice, slots), undefined)
  const own = cut(credential, slots).values
  const plain = await compileTemplate(credential, slots)
  const id = String(subject.id)
  const status = String((credential.credentialStatus as Json).id)
  const merged = own.map((value) => (value === status ? id : value))
  t.equal(plain?.(merged), undefined, 'another scheme than the one that was compiled')
})

t.test(
  'what is signed is the same by either way; a shape is learned once, and only when asked',
  async (t) => {
    const shapes = makeShapes()
    const all = await samples(t as Test)
    for (const [name, document] of Object.entries(all)) {
      const right = await canonicalForm(document)
      const before = shapes.counts.made
      t.equal(await shapes.formOf(document, slots, 'known'), right, name)
      t.equal(shapes.counts.made, before, 'a stranger’s shape is not compiled')
      t.equal(await shapes.formOf(document, slots, 'learn'), right, name)
      t.equal(await shapes.formOf(document, slots, 'known'), right, name)
      t.equal(shapes.counts.made, before + 2, 'then it is known')
    }
    const { credential = {}, 'proof options': options = {} } = all
    const forms = [await canonicalForm(options), await canonicalForm(credential)]
    const data = Buffer.concat(forms.map((form) => hash('sha256', form, 'buffer')))
    for (const way of ['known', 'learn', 'known'] as const)
      t.same(await dataToSign(credential, options, way), data)
    await t.rejects(shapes.formOf({ ...credential, surprise: 'x' }, slots, 'learn'))
  },
)

t.test(
  'one form of a thousand is compared; a template that differs is not used again',
  async (t) => {
    const { 'proof options': options = {} } = await samples(t as Test)
    const honest = makeShapes()
    const other = makeShapes(async () => 'another form')
    for (let index = 0; index < 1000; index += 1) {
      await honest.formOf(options, slots, 'learn')
      await other.formOf(options, slots, 'learn')
    }
    t.same(honest.counts, { made: 1000, compared: 1, different: 0 })
    t.same(other.counts, { made: 1000, compared: 1, different: 1 })
    t.equal(await other.formOf(options, slots, 'learn'), 'another form')
    t.equal(other.counts.made, 1000)
  },
)

t.test(
  'a shape whose first document only the general path can write is learned all the same',
  async (t) => {
    const { 'named and for two addresses': named = {} } = await samples(t as Test)
    const { shape, values } = cut(named, slots)
    const quoted = values.map((value) =>
      value === passEvent().candidate.fullName ? '"Ada"' : value,
    )
    const shapes = makeShapes()
    const first = fill(shape, slots, quoted)
    t.equal(await shapes.formOf(first, slots, 'learn'), await canonicalForm(first))
    t.equal(shapes.counts.made, 0)
    t.equal(await shapes.formOf(named, slots, 'learn'), await canonicalForm(named))
    t.equal(shapes.counts.made, 1)
  },
)

t.test('as many shapes are kept as a programme has, and no more', async (t) => {
  const shapes = makeShapes()
  const { 'proof options': options = {} } = await samples(t as Test)
  for (let index = 0; index <= 500; index += 1)
    await shapes.learn({ ...options, verificationMethod: `did:web:a.example#${index}` }, slots)
  const made = async (index: number) => {
    const before = shapes.counts.made
    await shapes.formOf(
      { ...options, verificationMethod: `did:web:a.example#${index}` },
      slots,
      'known',
    )
    return shapes.counts.made - before
  }
  t.same([await made(0), await made(1), await made(500)], [0, 1, 1])
})
