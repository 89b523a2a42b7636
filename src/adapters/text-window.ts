/** Text that arrives in parts, and how far it is read. */
export type TextWindow = {
  /** What has arrived, without what was read before the last `readMore`. */
  text: string
  /** Where the unread text begins. */
  at: number
  /** Whether nothing follows. */
  isWhole: boolean
  /** How many characters have arrived, the read ones included. */
  arrived: number
  /** Waits for the next part, and forgets what is read. */
  readMore: () => Promise<void>
}

/** A window over text that is here as a whole. */
export function wholeText(text: string): TextWindow {
  return { text, at: 0, isWhole: true, arrived: text.length, readMore: async () => {} }
}

/** A window over text that arrives in parts. It takes a part only when it needs it. */
export function textWindow(parts: AsyncIterator<string>): TextWindow {
  const window: TextWindow = {
    text: '',
    at: 0,
    isWhole: false,
    arrived: 0,
    readMore: async () => {
      const { value, done } = await parts.next()
      if (done) window.isWhole = true
      else {
        window.text = window.text.slice(window.at) + value
        window.at = 0
        window.arrived += value.length
      }
    },
  }
  return window
}

/** Where the line after the one at a position begins; beyond the end of the text if no line end is there. */
export function nextLine(text: string, start: number): number {
  let at = start
  while (at < text.length && !isLineEnd(text.charCodeAt(at))) at += 1
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1
}

/** Whether the end of the line at a position is there. A CR at the end of a part may be half of a line end. */
export function hasLineEnd({ text, isWhole }: TextWindow, at: number): boolean {
  const next = nextLine(text, at)
  return isWhole || next < text.length || text[next - 1] === '\n'
}

/** Moves a window beyond the end of the line that it is in, holding no more than one part of it. */
export async function skipLine(window: TextWindow): Promise<void> {
  for (;;) {
    if (hasLineEnd(window, window.at)) {
      window.at = nextLine(window.text, window.at)
      return
    }
    window.at = window.text.length - 1
    await window.readMore()
  }
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d
}
