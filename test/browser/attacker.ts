import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'

type Site = {
  /** A page with nothing of interest. */
  empty: string
  /** A page whose one button sends a form to an address. */
  form: (action: string, fields: Record<string, string>) => string
  /** A page that shows an address inside itself. */
  frame: (address: string, element: 'iframe' | 'object' | 'embed') => string
}

/** Pages that mean a Blazon on `localhost` ill, on another site and on another port of the same; how often they were asked for. */
export type Foe = { 'cross-site': Site; 'same-site': Site; asked: () => number }

export async function attacker(t: Test): Promise<Foe> {
  let count = 0
  const server = createServer((request, reply) => {
    count += 1
    const { searchParams } = new URL(request.url ?? '', 'http://foe')
    const body = searchParams.get('body') ?? '<p>Nothing to see</p>'
    reply.setHeader('content-type', 'text/html; charset=utf-8')
    reply.end(`<!DOCTYPE html><html lang="en"><title>Win a prize</title><body>${body}</body>`)
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  t.teardown(() => server.close())
  const { port } = server.address() as AddressInfo
  return {
    'cross-site': site(`http://127.0.0.1:${port}/`),
    'same-site': site(`http://localhost:${port}/`),
    asked: () => count,
  }
}

function site(origin: string): Site {
  const page = (body: string) => `${origin}?${new URLSearchParams({ body })}`
  return {
    empty: origin,
    form: (action, fields) => {
      const inputs = Object.entries(fields).map(
        ([name, value]) => `<input type="hidden" name="${name}" value="${value}">`,
      )
      return page(
        `<form method="post" action="${action}">${inputs.join('')}<button>Win</button></form>`,
      )
    },
    frame: (address, element) =>
      page(`<${element} ${element === 'object' ? 'data' : 'src'}="${address}"></${element}>`),
  }
}
