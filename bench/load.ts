import { openConnection, type Reply } from './connection.ts'

/** A request with the check of its answer. `check` throws when the answer is wrong. */
export type Question = { bytes: Buffer; check: (reply: Reply) => void }

type Load = { port: number; connections: number; next: (turn: number) => Question }

/**
 * Sends requests over some connections for about that long, each as soon as the previous is answered. Returns answers
 * per second. Every answer is checked.
 */
export async function load(
  milliseconds: number,
  { port, connections, next }: Load,
): Promise<number> {
  const open = await Promise.all(Array.from({ length: connections }, () => openConnection(port)))
  const begun = performance.now()
  let turn = 0
  const ask = async ({ ask }: (typeof open)[number]) => {
    while (turn < connections || performance.now() - begun < milliseconds) {
      const { bytes, check } = next(turn++)
      check(await ask(bytes))
    }
  }
  try {
    await Promise.all(open.map(ask))
    return (turn / (performance.now() - begun)) * 1000
  } finally {
    for (const { close } of open) close()
  }
}

/** The check for an answer whose length is known. */
export function answers(expected: { status: number; length: number; slack?: number }) {
  const { status, length, slack = 0 } = expected
  return (reply: Reply) => {
    if (reply.status !== status || Math.abs(reply.length - length) > slack)
      throw new Error(
        `${status} with ${length} bytes was expected, but ${reply.status} with ${reply.length} came: ${reply.body().toString('utf8', 0, 300)}`,
      )
  }
}
