import t from 'tap'
import { bakeSvgAssertion, cleanSvg, readSvg } from '../../src/baking/svg.ts'
import { jws } from './sample-files.ts'

const head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
const svg = (inside: string) => `${head}${inside}</svg>`
const uses = (level: number) => `<use href="#l${level}"/>`.repeat(10)
const laughs = Array.from({ length: 9 }, (_, i) => `<g id="l${i + 1}">${uses(i)}</g>`).join('')

const refused: [string, string, RegExp][] = [
  ['a DOCTYPE', `<!DOCTYPE svg>${svg('')}`, /DOCTYPE/],
  ['an entity', `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('&a;')}`, /DOCTYPE/],
  [
    'a file as entity',
    `<!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]>${svg('&a;')}`,
    /DOC/,
  ],
  ['an undeclared entity', svg('&nbsp;'), /well-formed/],
  ['a tag left open', `${head}<g>`, /well-formed/],
  ['an undeclared prefix', svg('<o:assertion/>'), /well-formed/],
  ['two equal attributes', svg('<g id="a" id="b"/>'), /well-formed/],
  ['a NUL', svg('\0'), /well-formed/],
  ['HTML', '<html><svg xmlns="http://www.w3.org/2000/svg"/></html>', /not an SVG/],
  ['an svg of no namespace', '<svg/>', /not an SVG/],
  ['nothing', '', /./],
  ['XML 1.1', `<?xml version="1.1"?>${svg('')}`, /XML 1.0/],
  ['201 levels', svg('<g>'.repeat(200) + '</g>'.repeat(200)), /200 levels/],
  ['more than 8 MiB', svg(' '.repeat(8 << 20)), /larger than/],
]
for (const [name, text, message] of refused)
  t.test(`5.11 ${name}: refused wherever an SVG comes in`, async (t) => {
    for (const call of [
      () => cleanSvg(text),
      () => readSvg(text),
      () => bakeSvgAssertion(text, { jws }),
    ])
      t.throws(call, { name: 'Problem', kind: 'invalid', message })
  })

t.test('5.11 references that multiply or run in a circle are refused', async (t) => {
  const shape = '<path id="l0"/>'
  t.throws(() => cleanSvg(svg(`${shape}${laughs}`)), { message: /more than 100000 elements/ })
  const patterns = laughs.replaceAll('<use href="#', '<path fill="url(#').replaceAll('"/>', ')"/>')
  t.throws(() => cleanSvg(svg(patterns)), { message: /more than 100000 elements/ })
  t.throws(() => cleanSvg(svg('<g id="a"><use href="#a"/></g>')), { message: /circle/ })
  const pair = '<g id="a"><use href="#b"/></g><g id="b"><g><use href="#a"/></g></g>'
  t.throws(() => cleanSvg(svg(pair)), { message: /circle/ })
})

/** What goes in, and all that may come out of it. */
const cleaned: [string, string, string][] = [
  ['script', '<script>alert(1)</script>', ''],
  ['script in CDATA', '<script><![CDATA[alert(1)]]></script>', ''],
  ['script with href', '<script xlink:href="https://evil.example/x.js"/>', ''],
  ['script of another prefix', '<s:script xmlns:s="http://www.w3.org/2000/svg">x</s:script>', ''],
  ['HTML script', '<h:script xmlns:h="http://www.w3.org/1999/xhtml">x</h:script>', ''],
  ['an event handler', '<g onclick="alert(1)" onload="x"/>', '<g/>'],
  ['a handler in capitals', '<g ONCLICK="alert(1)"/>', '<g/>'],
  ['foreignObject', '<foreignObject><g><path/></g></foreignObject>', ''],
  ['a link', '<a href="javascript:alert(1)"><path/></a>', ''],
  ['an image', '<image href="https://evil.example/pixel.png"/>', ''],
  ['an image as data', '<image href="data:image/svg+xml;base64,PHN2Zz4="/>', ''],
  ['feImage', '<filter><feImage href="https://evil.example"/></filter>', '<filter></filter>'],
  ['use of another file', '<use href="https://evil.example/a.svg#b"/>', '<use/>'],
  ['use of data', '<use xlink:href="data:image/svg+xml,x#b"/>', '<use/>'],
  ['a scheme spelled in references', '<use href="&#106;avascript:alert(1)"/>', '<use/>'],
  ['a good href beside a bad one', '<use href="//evil" xlink:href="#a"/>', '<use/>'],
  ['animate', '<path><animate attributeName="d"/></path>', '<path></path>'],
  [
    'set on href',
    '<use href="#a"><set attributeName="href" to="//e"/></use>',
    '<use href="#a"></use>',
  ],
  ['url() elsewhere', '<path fill="url(https://evil.example/#a)"/>', '<path/>'],
  ['url() in capitals', '<path fill="URL( \'//evil\' )"/>', '<path/>'],
  ['url() in an escape', '<path style="fill:u\\72l(//evil)"/>', '<path/>'],
  ['url() beside a good one', '<path fill="url(#a) url(//evil)"/>', '<path/>'],
  ['url() after a comment', '<path style="fill:/**/url(//evil)"/>', '<path/>'],
  ['image-set', '<path style="mask:image-set(\'//e\' 1x);fill:red"/>', '<path style="fill:red"/>'],
  ['an unknown property', '<path style="behavior:x;-moz-binding:y"/>', '<path/>'],
  ['@import', '<style>@import "//evil";.a{fill:red}</style>', '<style>.a{fill:red}</style>'],
  ['@import in CDATA', '<style><![CDATA[@import url(//evil);]]></style>', '<style></style>'],
  ['@font-face', '<style>@font-face{src:url(//evil)}</style>', '<style></style>'],
  ['rules in @media', '<style>@media all{.a{fill:url(//e)}}</style>', '<style></style>'],
  ['a selector that spies', '<style>[id^=a]{fill:red}</style>', '<style></style>'],
  ['a comment in a rule', '<style>.a{fill:/*}*/url(//e)}</style>', '<style></style>'],
  ['an element in a style', '<style>.a{fill:<g/>red}</style>', '<style>.a{fill:red}</style>'],
  ['a comment', '<!-- <script> -->', ''],
  ['any escape', '<path style="fill:r\\65 d"/>', '<path/>'],
  ['HTML under an SVG name', '<h:text xmlns:h="http://www.w3.org/1999/xhtml">x</h:text>', ''],
  ['a processing instruction', '<?xml-stylesheet href="//evil"?>', ''],
  ['loose text', '<g>text</g>', '<g></g>'],
  ['a badge', '<o:assertion xmlns:o="http://openbadges.org" verify="x"/>', ''],
  ['editor data', '<n:view xmlns:n="http://inkscape.org/n"><path/></n:view>', ''],
  ['xml:base', '<g xml:base="https://evil.example/"/>', '<g/>'],
]
for (const [name, before, after] of cleaned)
  t.test(`5.11 ${name}: nothing of it survives but what is harmless`, async (t) => {
    const expected = svg(after).replace(/ xmlns:xlink="[^"]*"/, '')
    t.equal(cleanSvg(svg(before)), expected)
  })

t.test('5.11 hostile lengths cost no more than their length', async (t) => {
  const many = 400_000
  const started = performance.now()
  for (const text of [
    svg(`<style>${'/*'.repeat(many / 2)}</style>`),
    svg(`<style>${'@{'.repeat(many / 2)}</style>`),
    svg(`<path d="${'0'.repeat(many)}"/>`),
    svg(`<path fill="${'url('.repeat(many / 4)}"/>`),
    `<svg xmlns="http://www.w3.org/2000/svg"${' '.repeat(many)}/>`,
    svg('<g>'.repeat(190) + '<use href="#a"/>'.repeat(20_000) + '</g>'.repeat(190)),
  ]) {
    cleanSvg(text)
    bakeSvgAssertion(text, { jws })
  }
  t.ok(performance.now() - started < 8000)
})
