import { html } from '../pages/kit/html.ts'

const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9'
const shapes = { pages: ['urlset', 'url'], lists: ['sitemapindex', 'sitemap'] } as const

/** Addresses as search engines read them (sitemaps.org protocol 0.9): pages, or further lists. */
export function sitemapText({
  kind,
  addresses,
}: {
  kind: keyof typeof shapes
  addresses: string[]
}): string {
  const [all, one] = shapes[kind]
  const entries = addresses.map((address) => `<${one}><loc>${html`${address}`.text}</loc></${one}>`)
  return `<?xml version="1.0" encoding="UTF-8"?>
<${all} xmlns="${namespace}">
${entries.join('\n')}
</${all}>
`
}

/**
 * Where robots need not look, because nothing public is there. Private badges need no line: they look like missing
 * ones.
 */
export function robotsText(sitemap: string): string {
  const closed = ['/my', '/claim', '/sign-in', '/address', '/v1']
  return `User-agent: *
${closed.map((path) => `Disallow: ${path}\n`).join('')}
Sitemap: ${sitemap}
`
}
