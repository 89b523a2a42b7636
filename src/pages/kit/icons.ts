import { type Html, html } from './html.ts'

/** The drawing of a verdict or a check. Outlines differ, so that readers need no colour to tell them apart. */
export type Icon = 'tick' | 'clock' | 'attention' | 'cross' | 'question'

const drawings: Record<Icon, Html> = {
  tick: html`<circle cx="16" cy="16" r="15"/><path d="M8.5 16.8l5 5L23.5 11"/>`,
  clock: html`<path d="M16 .6 31.4 16 16 31.4.6 16Z"/><path d="M16 9v7.4l4.4 3.2"/>`,
  attention: html`<path d="M16 1.5 31 29H1Z"/><path d="M16 11.5v8.5M16 24.2v.4"/>`,
  cross: html`<path d="M10 1h12l9 9v12l-9 9H10l-9-9V10Z"/><path d="M10.5 10.5l11 11m0-11l-11 11"/>`,
  question: html`<rect x="1.5" y="1.5" width="29" height="29" rx="6"/><path d="M11.5 12.4c.3-5.4 9-5.2 9 0 0 3.3-4.4 3.3-4.4 6.6M16 23.6v.4"/>`,
}

/** A small drawing beside words that say the same, so screen readers skip it. */
export function icon(name: Icon): Html {
  return html`<svg class="mark${name === 'question' && ' question'}" viewBox="0 0 32 32" width="32" aria-hidden="true">${drawings[name]}</svg>`
}
