import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import { assets } from '../../src/pages/assets.ts'

const artwork = readFileSync(new URL('../../programme.example/associate.svg', import.meta.url))

/** Serves pages under an address each, by their names, with the policy that such pages are sent with; tells the origin. */
export async function servePages(t: Test, pages: Record<string, string>): Promise<string> {
  const files = new Map(assets().map((asset) => [asset.path, asset]))
  const server = createServer((request, reply) => {
    const path = decodeURIComponent(request.url ?? '')
    const asset = files.get(path)
    if (asset) return reply.setHeader('content-type', asset.contentType).end(asset.bytes)
    if (path === '/artwork.svg')
      return reply.setHeader('content-type', 'image/svg+xml').end(artwork)
    reply.setHeader('content-type', 'text/html; charset=utf-8')
    reply.setHeader(
      'content-security-policy',
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'",
    )
    const page = pages[path.slice(1)] ?? ''
    const here = page.replaceAll(/src="https:[^"]*"(?: srcset="[^"]*")?/g, 'src="/artwork.svg"')
    return reply.end(here)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
