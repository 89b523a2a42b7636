import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import type { Mapping } from '../../schemas/mapping.ts'
import { adaptersExample } from './start.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => void
type Result = Record<string, unknown>

/**
 * A vendor in this process: its results, the requests that it received, wrong answers that it gives next, and what
 * happens after each answer.
 */
export type Vendor = {
  results: Result[]
  asked: URL[]
  headers: IncomingMessage['headers'][]
  instead: Answer[]
  meanwhile: (asked: URL) => void
  settings: Record<string, string>
}

/** The results on a page. */
export const pageSize = 2

const shapes = { kryterion, certiverse }

/** Starts a vendor of a shape. With `settings`, a Blazon polls this vendor only, by the sample's mapping. */
export async function startVendor(
  t: Test,
  shape: keyof typeof shapes,
  edit: (mapping: Mapping) => void = () => {},
): Promise<Vendor> {
  const vendor: Vendor = {
    results: [],
    asked: [],
    headers: [],
    instead: [],
    meanwhile: () => {},
    settings: {},
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost')
    vendor.asked.push(url)
    vendor.headers.push(request.headers)
    const instead = vendor.instead.shift()
    if (instead) return instead(request, response)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(shapes[shape](vendor.results, url.searchParams)))
    return vendor.meanwhile(url)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const folder = mkdtempSync(join(tmpdir(), 'blazon-vendor-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, `${shape}.json`)
  cpSync(join(adaptersExample, `${shape}.json`), file)
  const mapping = JSON.parse(readFileSync(file, 'utf8')) as Mapping
  if (mapping.poll) mapping.poll.url = `http://127.0.0.1:${port}/api/results?sort=lastModified`
  edit(mapping)
  writeFileSync(file, JSON.stringify(mapping))
  vendor.settings = { ADAPTERS_DIR: folder, ADAPTER_TOKENS: `${shape}=s3cret` }
  return vendor
}

/** What changed since an instant, oldest change first, in numbered pages. */
function kryterion(results: Result[], query: URLSearchParams) {
  const since = Date.parse(query.get('changedSince') ?? '1970-01-01T00:00:00Z')
  const found = results
    .filter(({ lastModified }) => Date.parse(`${lastModified}Z`) >= since)
    .toSorted((one, other) => (String(one.lastModified) < String(other.lastModified) ? -1 : 1))
  const page = Number(query.get('page'))
  return {
    page,
    pages: Math.ceil(found.length / pageSize),
    results: found.slice((page - 1) * pageSize, page * pageSize),
  }
}

/** What comes after the cursor. A result that changes moves to the end. */
function certiverse(results: Result[], query: URLSearchParams) {
  const after = Number(query.get('after')?.slice(2) ?? 0)
  const end = Math.min(after + pageSize, results.length)
  return { items: results.slice(after, end), cursor: `c-${end}`, hasMore: end < results.length }
}

/** The results of a sample page. */
export function sampleResults(shape: keyof typeof shapes): Result[] {
  const text = readFileSync(join(adaptersExample, `samples/${shape}-page.json`), 'utf8')
  const page = JSON.parse(text) as { results?: Result[]; items?: Result[] }
  return page.results ?? page.items ?? []
}
