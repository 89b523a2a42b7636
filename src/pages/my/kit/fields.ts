import { type Html, html, type Printable } from '../../kit/html.ts'

export type Choice = { value: string; label: Printable; note?: Printable }

/** A choice of one option, each a card with its meaning. */
export function choices(name: string, legend: string, options: Choice[], chosen: string): Html {
  const cards = options.map(
    ({ value, label, note }) =>
      html`<label class="choice"><input type="radio" name="${name}" value="${value}"${value === chosen && html` checked`}><strong>${label}</strong>${note !== undefined && html`<span class="note">${note}</span>`}</label>\n`,
  )
  return html`<fieldset class="choices"><legend>${legend}</legend><div>${cards}</div></fieldset>\n`
}

/** A check box: `on` is sent when it is checked, and nothing when it is not. */
export function toggle(
  name: string,
  what: { label: string; note?: string; on: boolean; required?: boolean; kind?: string },
): Html {
  const { label, note, on, required, kind = '' } = what
  return html`<label class="switch${kind && ` ${kind}`}"><input type="checkbox" name="${name}"${on && html` checked`}${required && html` required`}><strong>${label}</strong>${note !== undefined && html`<span class="note">${note}</span>`}</label>\n`
}

type Field = {
  id: string
  label: string
  hint?: string
  /** The field's element, given the attributes that link it to its label and hint. */
  input: (tied: Html) => Html
}

/** A label, its field, and a hint. */
export function field({ id, label, hint, input }: Field): Html {
  const tied = html`id="${id}"${hint !== undefined && html` aria-describedby="${id}-hint"`}`
  return html`<div class="field"><label for="${id}">${label}</label>
${hint !== undefined && html`<p class="note" id="${id}-hint">${hint}</p>\n`}${input(tied)}</div>\n`
}

/**
 * A field for an e-mail address. It is not of type `email`: browsers refuse letters beyond ASCII before the @, which
 * mail servers accept.
 */
export function emailField(label: string, hint: string): Html {
  return field({
    id: 'email',
    label,
    hint,
    input: (tied) =>
      html`<input ${tied} type="text" name="email" autocomplete="email" inputmode="email" autocapitalize="none" spellcheck="false" dir="ltr" maxlength="254" pattern="\\s*[^\\s@]+@[^\\s@]+\\s*" required>`,
  })
}
