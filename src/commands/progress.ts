import { formatDuration, formatNumber } from './terminal.ts'

/** Where the progress of long work is written. */
export type Screen = {
  write: (text: string) => void
  isTTY?: boolean | undefined
  columns?: number
}

type Work = { what: string; total: number; now: () => number; screen: Screen }

/** The length of the bar, where there is room, and of the rest of its line without the text. */
const [cells, margins] = [24, 10]
/** Between two drawings, in milliseconds: of a bar on a terminal, and of a line elsewhere, where each stays. */
const pauses = { bar: 100, line: 60_000 }

/**
 * Shows how far long work is, at which rate, and how long it will take: as a bar on a terminal, else as a line a minute.
 * `now` is in milliseconds. `end` removes the bar.
 */
export function showProgress({ what, total, now, screen }: Work) {
  const begun = now()
  let drawn = screen.isTTY ? Number.NEGATIVE_INFINITY : begun
  const pause = screen.isTTY ? pauses.bar : pauses.line
  return {
    /** Tells how many are done. */
    reached: (done: number): void => {
      const time = now()
      if (time - drawn < pause) return
      drawn = time
      const facts = factsOf({ what, done, total, seconds: (time - begun) / 1000 })
      screen.write(screen.isTTY ? `\r${barLine(facts, screen.columns)}` : `  ${facts.text}\n`)
    },
    end: (): void => {
      if (screen.isTTY) screen.write(`\r${erase}`)
    },
  }
}

const erase = '\u001b[K'

type Facts = { text: string; share: number }

function factsOf(at: { what: string; done: number; total: number; seconds: number }): Facts {
  const { what, done, total, seconds } = at
  const rate = seconds > 0 ? done / seconds : 0
  const share = total > 0 ? Math.min(done / total, 1) : 1
  const left = rate > 0 ? formatDuration((total - done) / rate) : 'a while'
  const text = `${formatNumber(done)} of ${formatNumber(total)} ${what}, ${formatNumber(Math.round(rate))} a second, ${left} left`
  return { text, share }
}

function barLine({ text, share }: Facts, columns = 80): string {
  const length = Math.max(0, Math.min(cells, columns - 1 - margins - text.length))
  const full = Math.round(share * length)
  const bar = '█'.repeat(full) + '░'.repeat(length - full)
  const percent = `${Math.floor(share * 100)} %`.padStart(5)
  // A line that is longer than the terminal would not be drawn over.
  return `  ${bar} ${percent}  ${text}`.slice(0, columns - 1) + erase
}
