import t from 'tap'
import { assets } from '../../src/pages/assets.ts'
import { ownPages } from './own-pages.ts'
import { samplePages } from './sample-pages.ts'

const files = assets()

/** Bytes that a browser fetches for a page whose text is Latin: itself, its style and the fonts it preloads. */
function weightOf(page: string): number {
  const linked = files.filter(({ path }) => page.includes(`="${path}"`))
  return Buffer.byteLength(page) + linked.reduce((sum, { bytes }) => sum + bytes.length, 0)
}

t.test('every public page is under 60 KB without its picture, before any compression', (t) => {
  for (const [name, page] of Object.entries(samplePages)) {
    const weight = weightOf(page)
    t.ok(weight < 60_000, `${name}: ${weight} bytes`)
  }
  t.end()
})

t.test('a page of somebody’s own is under 68 KB, and one with a long list under 80 KB', (t) => {
  for (const [name, page] of Object.entries(ownPages)) {
    const weight = weightOf(page)
    t.ok(weight < (name.includes('twenty') ? 80_000 : 68_000), `${name}: ${weight} bytes`)
  }
  t.end()
})

t.test('every file a page links from this site is one that the site has', (t) => {
  const style = files.find(({ contentType }) => contentType.startsWith('text/css'))
  const asked = [
    ...Object.values({ ...samplePages, ...ownPages }).flatMap(
      (page) => page.match(/\/assets\/[\w.-]+/g) ?? [],
    ),
    ...(style?.bytes.toString().match(/\/assets\/[\w.-]+/g) ?? []),
  ]
  t.ok(asked.length > 0)
  for (const path of new Set(asked))
    t.ok(
      files.some((file) => file.path === path),
      path,
    )
  t.notMatch(style?.bytes.toString(), /undefined|https?:|@import/)
  t.end()
})

t.test('an asset’s path names its content, so that it may be kept for ever', (t) => {
  for (const { path } of files.filter((file) => file.path !== '/favicon.svg')) {
    t.match(path, /^\/assets\/[a-z-]+-[0-9a-f]{12}\.(css|js|woff2)$/)
  }
  t.end()
})
