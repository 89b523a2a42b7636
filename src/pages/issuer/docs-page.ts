import type { Words } from '../../words/words.ts'
import { docsStylePath } from '../assets.ts'
import { type Html, html } from '../kit/html.ts'
import { layout, part } from '../kit/layout.ts'
import { rich } from '../kit/rich.ts'

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

/** The documentation of the API, made from its OpenAPI document. */
export function docsPage({ info, tags = [], paths = {} }: OpenApiDocument, t: Words): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  return layout(
    {
      title: t.say('docs.title', { title: info.title }),
      head: html`<link rel="stylesheet" href="${docsStylePath}">\n`,
      body: html`<div class="opening wide"><p class="eyebrow">${t.say('docs.eyebrow')}</p>
<h1>${t.say('docs.heading')}</h1>
<p class="lead">${info.description}</p>
<p>${rich(t, 'docs.programs', { link: html`<a href="/openapi.json">OpenAPI</a>` })}</p></div>
${tags.map(({ name, description }) =>
  part(
    name.toLowerCase().replaceAll(' ', '-'),
    name,
    html`<p>${description}</p>
${operations
  .filter(({ operation }) => operation.tags?.includes(name))
  .map(({ path, method, operation }) => describe(path, method, operation, t))}`,
  ),
)}`,
    },
    t,
  )
}

function describe(path: string, method: string, operation: Operation, t: Words): Html {
  const scopes = (operation.security ?? []).flatMap((way) =>
    Object.entries(way).map(([name, needed]) =>
      name === 'apiKey'
        ? t.say('docs.key', { scopes: needed.join(', ') })
        : t.say('docs.signature'),
    ),
  )
  return html`<section class="operation"><h3><span class="method">${method.toUpperCase()}</span> ${path}</h3>
<p>${operation.summary}.</p>
${operation.description !== undefined && html`<p>${plain(operation.description)}</p>`}
${scopes.length > 0 && html`<p class="quiet">${t.say('docs.needs', { ways: scopes.join(t.say('docs.or')) })}</p>`}
${operation.requestBody && schemas(t.say('docs.body'), operation.requestBody.content)}
${Object.entries(operation.responses ?? {}).map(([status, { description, content = {} }]) =>
  schemas(answerName(status, description, t), content),
)}</section>
`
}

/** Renders a description. OpenAPI descriptions are Markdown; ours use only its code marks. */
function plain(text: string) {
  return text.replaceAll('`', '')
}

function answerName(status: string, about: string | undefined, t: Words) {
  if (!about || about === 'Default Response') return t.say('docs.answer', { status })
  return t.say('docs.answer.about', { status, about: plain(about) })
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
