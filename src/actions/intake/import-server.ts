import type { ReportRow } from '../../../schemas/import-report.ts'
import { templateCounts } from '../../credentials/data-to-sign.ts'
import { Problem } from '../../problem.ts'
import type { Counters, Tools } from '../tools/tools.ts'
import { importText, type SentText } from './import-text.ts'

/** What the importing thread is asked: an import begins, its text is given in parts, and its outcomes are taken. */
export type ImportQuestion =
  | { ask: 'begin'; id: number; sent: Omit<SentText, 'parts' | 'signal'> }
  | { ask: 'text'; id: number; part: string }
  | { ask: 'end'; id: number; problem?: PlainProblem }
  | { ask: 'take'; id: number }
  | { ask: 'stop'; id: number }

/** At the end of an import there are no more outcomes. */
export type ImportAnswer = {
  outcomes?: ReportRow[] | undefined
  problem?: PlainProblem
  counted: Counted
}

/** A problem as threads hand it over. */
export type PlainProblem = Pick<Problem, 'kind' | 'code' | 'message' | 'errors' | 'phrase'>

/** What was counted since the last answer, for the metrics of the process. */
export type Counted = {
  accepted: Parameters<Counters['accepted']>[]
  minted: number
  templates: typeof templateCounts
}

type Running = {
  outcomes: AsyncGenerator<ReportRow[]>
  text: WritableStreamDefaultWriter<string>
  stopping: AbortController
}

/** A thread holds up nobody but those who write. */
const together = 128

/**
 * The importing thread's end of `importOnThread`: answers its questions, for several imports at a time. What is counted
 * goes to the process with the answers.
 */
export function serveImports(tools: Tools) {
  const { counters, take: takeCounted } = countCalls()
  tools.metrics = counters
  const imports = new Map<number, Running>()

  const begin = (sent: Omit<SentText, 'parts' | 'signal'>): Running => {
    const { readable, writable } = new TransformStream<string, string>()
    const parts = readable[Symbol.asyncIterator]()
    const stopping = new AbortController()
    const outcomes = importText(tools, { ...sent, parts, signal: stopping.signal, together })
    return { outcomes, text: writable.getWriter(), stopping }
  }

  const take = async ({ outcomes }: Running): Promise<ImportAnswer> => {
    try {
      const { value } = await outcomes.next()
      return { outcomes: value, counted: takeCounted() }
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return { problem: plainProblem(error), counted: takeCounted() }
    }
  }

  return async (question: ImportQuestion): Promise<ImportAnswer | undefined> => {
    const { id } = question
    if (question.ask === 'begin') {
      imports.set(id, begin(question.sent))
      return undefined
    }
    const running = imports.get(id)
    if (!running) throw new Error('the import was stopped')
    switch (question.ask) {
      case 'take':
        return take(running)
      case 'text':
        await running.text.write(question.part)
        return undefined
      case 'end':
        await (question.problem
          ? running.text.abort(problemOf(question.problem))
          : running.text.close())
        return undefined
      case 'stop':
        imports.delete(id)
        await stop(running)
        return undefined
    }
  }
}

async function stop({ outcomes, text, stopping }: Running) {
  stopping.abort()
  await text.abort(stopping.signal.reason).catch(() => {})
  await outcomes.return(undefined).catch(() => {})
}

function countCalls() {
  const nothing = (): Counted => ({
    accepted: [],
    minted: 0,
    templates: { made: 0, compared: 0, different: 0 },
  })
  let counted = nothing()
  const counters: Counters = {
    accepted: (...facts) => void counted.accepted.push(facts),
    minted: () => {
      counted.minted += 1
    },
    ran: () => {},
    polled: () => {},
  }
  const take = () => {
    const taken = { ...counted, templates: { ...templateCounts } }
    counted = nothing()
    for (const each of ['made', 'compared', 'different'] as const) templateCounts[each] = 0
    return taken
  }
  return { counters, take }
}

/** What threads hand over of a problem, whose class does not survive. */
export function plainProblem({ kind, code, message, errors, phrase }: Problem): PlainProblem {
  return { kind, code, message, errors, phrase }
}

/** The problem that was handed over. */
export function problemOf({ kind, code, message, errors, phrase }: PlainProblem): Problem {
  return new Problem(`${kind}/${code}`, message, errors, phrase)
}
