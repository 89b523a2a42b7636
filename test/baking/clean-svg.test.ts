import t from 'tap'
import { drawPicture } from '../../src/baking/picture.ts'
import { cleanSvg } from '../../src/baking/svg.ts'
import { artwork } from './sample-files.ts'

const rich = `<?xml version="1.0"?><!-- made by hand -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">
<title>A &amp; B</title><desc>Two &lt; three</desc>
<style type="text/css"><![CDATA[ .ring, .a > .b { stroke: #fff; fill: url(#sky) } ]]></style>
<defs><linearGradient id="sky" gradientTransform="rotate(45)"><stop offset="0" style="stop-color:#1d4e89; stop-opacity:.9"/><stop offset="1" stop-color="rgb(10,20,30)"/></linearGradient>
<linearGradient id="sea" xlink:href="#sky"/><radialGradient id="sun"><stop offset="1" stop-color="gold"/></radialGradient>
<pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse"><circle r="1" fill="url('#sun')"/></pattern>
<clipPath id="cut"><circle cx="50" cy="50" r="45"/></clipPath><mask id="fade"><rect width="100" height="100" fill="#fff"/></mask>
<filter id="soft" x="-10%"><feGaussianBlur stdDeviation="1"/><feOffset dx="1"/><feMerge><feMergeNode/><feMergeNode in="SourceGraphic"/></feMerge></filter>
<symbol id="leaf" viewBox="0 0 10 10"><path d="M0 0L10 10z" transform="translate(1 2) scale(.5)"/></symbol><path id="arc" d="M10 60h80"/></defs>
<g clip-path="url(#cut)" mask="url(#fade)"><circle class="ring" cx="50" cy="50" r="45"/><rect width="90" height="20" fill="url(#dots)" filter="url( #soft )"/></g>
<use href="#leaf" width="20" height="20"/><use xlink:href="#leaf" x="50" width="20" height="20" style="fill:url(#sea)"/>
<text x="50" y="80" text-anchor="middle" font-family="'Noto Sans', sans-serif" xml:space="preserve">证书 <tspan font-weight="700">2 &lt; 3</tspan></text>
<text><textPath href="#arc" startOffset="50%">level</textPath></text></svg>`

t.test('5.11 what badge artwork needs stays', async (t) => {
  const clean = cleanSvg(rich)
  for (const name of 'title desc style linearGradient radialGradient stop pattern clipPath mask filter feGaussianBlur feMerge symbol use text tspan textPath'.split(
    ' ',
  ))
    t.equal(clean.split(`<${name}`).length, rich.split(`<${name}`).length, name)
  t.match(clean, '.ring, .a > .b{stroke:#fff;fill:url(#sky)}'.replace('>', '&gt;'))
  t.match(clean, '证书 <tspan font-weight="700">2 &lt; 3</tspan>')
  for (const kept of [
    'xml:space="preserve"',
    'filter="url( #soft )"',
    'rotate(45)',
    '<linearGradient id="sea" href="#sky"/>',
  ])
    t.match(clean, kept)
})

t.test('5.11 cleaned artwork draws the same picture, pixel for pixel', async (t) => {
  for (const svg of [rich, artwork('associate'), artwork('practitioner'), artwork('professional')])
    t.ok((await drawPicture(cleanSvg(svg), 200)).equals(await drawPicture(svg, 200)))
})

t.test('5.11 cleaning twice changes nothing', async (t) => {
  for (const svg of [rich, artwork('professional')]) t.equal(cleanSvg(cleanSvg(svg)), cleanSvg(svg))
})
