import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { PNG } from 'pngjs'
import t, { type Test } from 'tap'
import { split } from '../baking/sample-files.ts'
import { get, issue, start } from '../help/start.ts'
import { textChunks, textIn } from './extracted.ts'
import { changedProgramme, type Json, read, readForms, splitJws, stringsIn } from './served.ts'

const blazon = await start(t)
const badge = await issue(blazon)
const forms = await readForms(blazon, badge)
const { png, svg, svgOb2 } = forms
const plain = (await get(blazon, (await read(blazon, forms.assertion.badge)).image)).rawPayload

t.test('5.1 5.2 5.4 the PNG has one plain iTXt chunk a keyword', async (t) => {
  for (const [keyword, text] of [
    ['openbadges', forms.jws],
    ['openbadgecredential', forms.credential],
  ] as const) {
    const chunks = textChunks(png, keyword)
    t.equal(chunks.length, 1, keyword)
    t.equal(chunks[0]?.type, 'iTXt')
    const expected = Buffer.concat([Buffer.from(keyword), Buffer.alloc(5), Buffer.from(text)])
    t.same(chunks[0]?.data, expected)
  }
})

t.test('5.3 what is baked is the JWS, and the credential with its proof', async (t) => {
  t.equal(splitJws(textIn({ png }, 'openbadges') ?? '').payload.type, 'Assertion')
  const credential = JSON.parse(textIn({ png }, 'openbadgecredential') ?? '')
  t.equal(credential.proof[0].type, 'DataIntegrityProof')
})

t.test(
  '5.5 only the two chunks are new: after IHDR, the rest in its order, every CRC right',
  async (t) => {
    const baked = split(png)
    t.same(
      baked.slice(0, 3).map(({ type }) => type),
      ['IHDR', 'iTXt', 'iTXt'],
    )
    t.same([baked[0], ...baked.slice(3)], split(plain))
    for (const { type, data, crc } of baked)
      t.equal(crc32(Buffer.concat([Buffer.from(type, 'latin1'), data])), crc, type)
  },
)

t.test('5.5 an independent reader sees the pixels of the plain picture', async (t) => {
  const [ours, theirs] = [PNG.sync.read(png), PNG.sync.read(plain)]
  t.equal(ours.width, 600)
  t.equal(ours.height, 600)
  t.ok(ours.data.equals(theirs.data))
})

t.test(
  '5.7 the OB 2.0 SVG names its namespace and holds the JWS in verify, without a body',
  async (t) => {
    t.match(svgOb2, /<svg xmlns:openbadges="http:\/\/openbadges\.org"/)
    t.match(svgOb2, `><openbadges:assertion verify="${forms.jws}"/>`)
    t.match(svgOb2, /<svg[^>]*><openbadges:assertion /, 'it is the first child')
  },
)

t.test(
  '5.8 the OB 3.0 SVG names its namespace and holds JSON in CDATA, without verify',
  async (t) => {
    t.match(svg, /<svg xmlns:openbadges="https:\/\/purl\.imsglobal\.org\/ob\/v3p0"/)
    t.match(svg, /<svg[^>]*><openbadges:credential><!\[CDATA\[\{/)
    t.equal(textIn({ svg }, 'openbadgecredential'), forms.credential)
  },
)

t.test('5.9 a programme may write ]]>, < and & without breaking a picture', async (t) => {
  const hard = 'Ends CDATA ]]> and <tags> & "quotes"'
  const settings = changedProgramme(t as Test, (programme) => {
    for (const each of programme.achievements) each.name = hard
  })
  const other = await start(t as Test, { settings })
  const made = await readForms(other, await issue(other))
  t.equal(made.svg.match(/\]\]>/g)?.length, 1, 'only the end of the section')
  const text = textIn({ svg: made.svg }, 'openbadgecredential') ?? ''
  t.same(JSON.parse(text), JSON.parse(made.credential))
  t.equal(JSON.parse(text).name, hard)
  t.equal(await verdict(other.app, made.svg, 'image/svg+xml'), 'valid')
})

t.test('5.10 each SVG holds one badge element, of one version', async (t) => {
  for (const picture of [svg, svgOb2]) {
    t.equal(picture.match(/<openbadges:/g)?.length, 1)
    t.equal(picture.match(/xmlns:openbadges=/g)?.length, 1)
  }
})

t.test('5.11 a script in the artwork is not in any picture', async (t) => {
  const settings = changedProgramme(t as Test, (_programme, dir) => {
    const file = join(dir, 'practitioner.svg')
    const evil = '<script>alert(1)</script><image href="https://evil.example/x.png"/></svg>'
    writeFileSync(file, readFileSync(file, 'utf8').replace('</svg>', evil))
  })
  const other = await start(t as Test, { settings })
  const made = await readForms(other, await issue(other))
  for (const picture of [made.svg, made.svgOb2]) {
    t.notOk(/<script|alert\(|evil\.example/.test(picture))
    t.ok(picture.includes('<openbadges:'))
  }
})

t.test('5.6 5.12 a picture with damage or without a badge never verifies', async (t) => {
  const broken = Buffer.from(png)
  broken[60] = (broken[60] ?? 0) ^ 1
  for (const [name, bytes, word] of [
    ['a wrong CRC', broken, 'invalid'],
    ['a truncated file', png.subarray(0, png.length - 20), 'invalid'],
    ['no PNG', Buffer.from('GIF89a'), 'invalid'],
    ['no badge', plain, 'could-not-check'],
    ['whole', png, 'valid'],
  ] as const)
    t.equal(await verdict(blazon.app, bytes, 'image/png'), word, name)
})

t.test('5.13 no signed document names a picture of this one badge', async (t) => {
  const credential = JSON.parse(forms.credential)
  const documents: Json[] = [credential, splitJws(forms.jws).payload, splitJws(forms.jwt).payload]
  for (const document of documents) {
    t.notOk(document.credentialSubject?.image ?? document.image)
    t.notOk(stringsIn(document).some((text) => text.includes('/b/')))
  }
  const { image } = credential.credentialSubject.achievement
  t.ok(
    (await get(blazon, image.id)).rawPayload.equals(plain),
    'the plain picture is the achievement’s',
  )
})

async function verdict(app: typeof blazon.app, payload: string | Buffer, type: string) {
  const headers = { 'content-type': type }
  const answer = await app.inject({ method: 'POST', url: '/v1/verify', headers, payload })
  return answer.json().verdict
}
