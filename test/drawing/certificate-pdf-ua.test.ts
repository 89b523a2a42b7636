import { SaxesParser } from 'saxes'
import t from 'tap'
import { drawCertificate } from '../../src/drawing/certificate.ts'
import { type PdfObject, readPdf, referred } from '../help/pdf.ts'
import { certificate, now } from './certificates.ts'

// The rules of PDF/UA-1 (ISO 14289-1) that apply to one page of text and pictures, by their clauses in the Matterhorn Protocol 1.1.
const names = ['Wilhelmina Vandersloot', '王小明', 'محمد بن عبد الله', 'कृष्णमूर्ति', 'Nguyễn Thị Ánh']
const stamp = { words: 'Expired on 21 November 2028', tone: 'caution' } as const

for (const name of names)
  t.test(`the certificate of ${name} is a PDF for everybody (PDF/UA-1):`, async (t) => {
    const title = `A & B <C>: certificate of ${name}`
    const pdf = await drawCertificate(certificate({ name, title, stamp }), now)
    const objects = readPdf(pdf)
    const of = (kind: string) =>
      objects.filter(({ dictionary }) => new RegExp(`/Type /${kind}\\b`).test(dictionary))
    const elements = (tag: string) =>
      objects.filter(({ dictionary }) => new RegExp(`^<<\\n/S /${tag}\\n`).test(dictionary))
    const [catalog, page] = [of('Catalog')[0], of('Page')[0]] as [PdfObject, PdfObject]
    const at = (key: string) => referred(objects, catalog, key)

    t.match(at('MarkInfo').dictionary, '/Marked true', '06-001, marked as tagged')
    t.match(catalog.dictionary, '/Lang (en)', '11-001, has a language')
    t.match(at('ViewerPreferences').dictionary, '/DisplayDocTitle true', '07-001')
    const metadata = String(at('Metadata').stream)
    t.match(metadata, '<pdfuaid:part>1</pdfuaid:part>', '06-002, says that it is PDF/UA')
    t.equal(titleIn(metadata), title, '06-003, 07-002, is XML, whose title is the document’s')
    t.match(page.dictionary, '/Tabs /S', '28-018, tabs go by structure')

    const figures = elements('Figure')
    t.equal(figures.length, 3, 'seal, signature and QR code are figures')
    for (const { dictionary } of figures) {
      t.match(dictionary, /\/Alt \(.{10,}\)/, '13-004, a figure says what it shows')
      t.match(dictionary, /\/BBox \[/, 'and where it is')
    }
    t.equal(elements('H1').length, 1, 'one heading: the name')
    t.equal(elements('Document').length, 1)

    const content = String(referred(objects, page, 'Contents').stream)
    t.same(untagged(content), [], '01-003 to 01-005, nothing is drawn outside of tags')
    const ids = [...content.matchAll(/\/MCID (\d+)/g)].map(([, id]) => Number(id))
    t.same(ids, [...ids.keys()])
    const tree = at('StructTreeRoot').dictionary
    const parents = /0 \[([^\]]*)\]/.exec(tree)?.[1]?.match(/\d+ 0 R/g) ?? []
    t.equal(parents.length, ids.length, '01-004, each piece of content has its element')

    const fonts = of('Font').filter(({ dictionary }) => dictionary.includes('/Type0'))
    t.ok(fonts.length > 0)
    for (const font of fonts) {
      const map = String(referred(objects, font, 'ToUnicode').stream)
      t.notMatch(map, /<>|<0000>[^<]*$|FEFF/i, '10-001, every glyph stands for something')
    }
    const descriptors = of('FontDescriptor')
    t.equal(descriptors.length, fonts.length)
    for (const { dictionary } of descriptors)
      t.match(dictionary, '/FontFile2', '31-009, every font is embedded')

    const [widget] = objects.filter(({ dictionary }) => dictionary.includes('/Subtype /Widget'))
    t.match(widget?.dictionary, /\/TU \(/, '28-005, the field of the signature has a name')
    t.match(widget?.dictionary, /\/StructParent \d/)
    t.match(elements('Form')[0]?.dictionary, `/Obj ${widget?.id} 0 R`, '28-010, is in a form')

    const [file] = of('Filespec')
    t.match(file?.dictionary, /\/F \(credential.json\)[\s\S]*\/UF \(credential.json\)/, '21-001')
  })

/** Operators that paint, outside of any marked content. */
function untagged(content: string) {
  let depth = 0
  const found = []
  for (const line of content.split('\n')) {
    if (/\b(BDC|BMC)$/.test(line)) depth += 1
    if (/\bEMC$/.test(line)) depth -= 1
    if (depth === 0 && /(^|\s)(Tj|TJ|f\*?|F|S|s|B\*?|b\*?|Do|sh)$/.test(line)) found.push(line)
  }
  return depth === 0 ? found : [...found, 'a tag is not closed']
}

function titleIn(metadata: string) {
  const parser = new SaxesParser()
  const path: string[] = []
  let title = ''
  parser.on('opentag', ({ name }) => path.push(name))
  parser.on('closetag', () => path.pop())
  parser.on('text', (text) => {
    if (path.join(' ').endsWith('dc:title rdf:Alt rdf:li')) title += text
  })
  parser.write(metadata).close()
  return title
}
