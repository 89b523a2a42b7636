import { docsStylePath } from './assets.ts'
import { type Html, html } from './html.ts'
import { layout, part } from './layout.ts'

type Content = Record<string, { schema?: object }>
type Operation = {
  summary?: string
  description?: string
  tags?: string[]
  security?: Record<string, string[]>[]
  requestBody?: { content: Content }
  responses?: Record<string, { description?: string; content?: Content }>
}

/** The parts of an OpenAPI document that the page prints. */
export type OpenApiDocument = {
  info: { title: string; description?: string }
  tags?: { name: string; description?: string }[]
  paths?: Record<string, Record<string, Operation>>
}

/** The API in words, made from its OpenAPI document. */
export function docsPage({ info, tags = [], paths = {} }: OpenApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  return layout({
    title: `${info.title} · API`,
    head: html`<link rel="stylesheet" href="${docsStylePath}">\n`,
    body: html`<div class="opening wide"><p class="eyebrow">Documentation</p>
<h1>The API</h1>
<p class="lead">${info.description}</p>
<p>For programs: the same as <a href="/openapi.json">OpenAPI</a>.</p></div>
${tags.map(({ name, description }) =>
  part(
    name.toLowerCase().replaceAll(' ', '-'),
    name,
    html`<p>${description}</p>
${operations
  .filter(({ operation }) => operation.tags?.includes(name))
  .map(({ path, method, operation }) => describe(path, method, operation))}`,
  ),
)}`,
  })
}

function describe(path: string, method: string, operation: Operation): Html {
  const scopes = (operation.security ?? []).flatMap((way) =>
    Object.entries(way).map(([name, needed]) =>
      name === 'apiKey' ? `an API key with ${needed.join(', ')}` : 'a Standard Webhooks signature',
    ),
  )
  return html`<section class="operation"><h3><span class="method">${method.toUpperCase()}</span> ${path}</h3>
<p>${operation.summary}.</p>
${operation.description !== undefined && html`<p>${plain(operation.description)}</p>`}
${scopes.length > 0 && html`<p class="quiet">Needs ${scopes.join(', or ')}.</p>`}
${operation.requestBody && schemas('Body', operation.requestBody.content)}
${Object.entries(operation.responses ?? {}).map(([status, { description, content = {} }]) =>
  schemas(`Answer ${status}${worthSaying(description)}`, content),
)}</section>
`
}

/** OpenAPI descriptions are Markdown; ours use only its code marks. */
function plain(text: string) {
  return text.replaceAll('`', '')
}

function worthSaying(description: string | undefined) {
  return description && description !== 'Default Response' ? `: ${plain(description)}` : ''
}

function schemas(name: string, content: Content): Html[] {
  return Object.entries(content).map(
    ([
      type,
      { schema },
    ]) => html`<details><summary>${name} <span class="quiet">${type}</span></summary>
<pre tabindex="0"><code>${JSON.stringify(schema, null, 2)}</code></pre></details>
`,
  )
}
