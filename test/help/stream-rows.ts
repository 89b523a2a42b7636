import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'

type Sent = { origin: string; auth: { authorization: string }; headers?: Record<string, string> }

/** A request that sends rows as they come, and reads the answer meanwhile. */
export type Stream = {
  request: ClientRequest
  write: (text: string | Buffer) => void
  /** The next line of the answer; undefined at its end. */
  line: () => Promise<string | undefined>
  /** Ends the request, and answers the rest of the answer. */
  end: () => Promise<string[]>
  answer: () => Promise<IncomingMessage>
}

/** Opens such a request to `POST /v1/exam-results`. Its body has no length. */
export function streamRows({ origin, auth, headers }: Sent): Stream {
  const sent = request(`${origin}/v1/exam-results`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', ...auth, ...headers },
  })
  sent.on('error', () => {}) // The answer, or its lack, shows it.
  const answer = once(sent, 'response').then(([response]) => response as IncomingMessage)
  answer.catch(() => {})
  let lines: AsyncGenerator<string> | undefined
  const line = async () => {
    lines ??= linesOf(await answer)
    const { value, done } = await lines.next()
    return done ? undefined : (value as string)
  }
  return {
    request: sent,
    write: (text) => void sent.write(text),
    line,
    answer: () => answer,
    end: async () => {
      sent.end()
      const rest: string[] = []
      for (let next = await line(); next !== undefined; next = await line()) rest.push(next)
      return rest
    },
  }
}

async function* linesOf(answer: IncomingMessage) {
  let text = ''
  for await (const part of answer.setEncoding('utf8')) {
    const lines = (text + part).split('\n')
    text = lines.pop() ?? ''
    yield* lines
  }
  if (text !== '') yield text
}
