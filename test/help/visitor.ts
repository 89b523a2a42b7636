import type { Blazon } from '../../src/main.ts'
import { publicUrl } from './start.ts'

/** A browser without pictures: it keeps cookies, follows no redirects, and sends the forms of its current page. */
export type Visitor = {
  cookies: Map<string, string>
  get: (address: string) => Promise<Seen>
  /** Fills in the form with this action, and sends it; `fields` override the values of the page. */
  send: (action: string, fields?: Record<string, string>) => Promise<Seen>
  post: (
    action: string,
    fields: Record<string, string>,
    headers?: Record<string, string>,
  ) => Promise<Seen>
}

export type Seen = {
  status: number
  body: string
  bytes: Buffer
  location: string
  headers: Record<string, unknown>
}

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0'

/** A visitor with a browser of their own; `always` are headers of every request. */
export function visitor(
  { app }: Pick<Blazon, 'app'>,
  agent = firefox,
  always: Record<string, string> = {},
): Visitor {
  const cookies = new Map<string, string>()
  let page = ''
  const ask = async (method: 'GET' | 'POST', address: string, payload?: string, more = {}) => {
    const { pathname, search } = new URL(address, publicUrl)
    const answer = await app.inject({
      method,
      url: pathname + search,
      headers: {
        'user-agent': agent,
        accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
        ...always,
        ...(cookies.size > 0 && {
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        }),
        ...(payload !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...more,
      },
      ...(payload !== undefined && { payload }),
    })
    for (const { name, value } of answer.cookies)
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    if (String(answer.headers['content-type']).startsWith('text/html')) page = answer.body
    return {
      status: answer.statusCode,
      body: answer.body,
      bytes: answer.rawPayload,
      location: String(answer.headers.location ?? ''),
      headers: answer.headers as Record<string, unknown>,
    }
  }
  const post: Visitor['post'] = (action, fields, headers) =>
    ask('POST', action, new URLSearchParams(fields).toString(), headers)
  return {
    cookies,
    get: (address) => ask('GET', address),
    post,
    send: (action, fields = {}) => {
      const form = new RegExp(`<form[^>]*action="${action}"[^>]*>(.*?)</form>`, 's').exec(page)?.[1]
      if (form === undefined) throw new Error(`the page has no form to ${action}`)
      const hidden = [...form.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)]
      const filled = Object.fromEntries(hidden.map(([, name, value]) => [name, value]))
      return post(action, { ...filled, ...fields })
    },
  }
}
