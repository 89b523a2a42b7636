/** Text that is already markup. Everything else is escaped when it is printed. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type Printable = Html | string | number | undefined | false | Printable[]

/** Markup from a template. Values are escaped unless they are `Html`; `undefined` and `false` print nothing. */
export function html(strings: TemplateStringsArray, ...values: Printable[]): Html {
  return new Html(strings.reduce((text, part, i) => text + print(values[i - 1]) + part))
}

function print(value: Printable): string {
  if (value instanceof Html) return value.text
  if (Array.isArray(value)) return value.map(print).join('')
  return value === undefined || value === false ? '' : escapeText(String(value))
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => escapes[character] ?? '')
}
