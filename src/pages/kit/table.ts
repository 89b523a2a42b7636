import { type Html, html, type Printable } from './html.ts'

/**
 * A table whose first column names its rows. On a narrow screen each row becomes a card that repeats the columns'
 * names.
 */
export function table(caption: string, columns: string[], rows: Printable[][]): Html {
  return html`<table class="cards"><caption>${caption}</caption>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([name, ...cells]) => html`<tr><th scope="row">${name}</th>${cells.map(
      (cell, index) => html`<td data-column="${columns[index + 1]}">${cell}</td>`,
    )}</tr>
`,
  )}</tbody></table>`
}
