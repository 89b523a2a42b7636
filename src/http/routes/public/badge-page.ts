import type { FastifyRequest } from 'fastify'
import { Type } from '../../../../schemas/type.ts'
import { BadgeView, GoneView } from '../../../../schemas/view.ts'
import type { Found } from '../../../actions/issuing/found-badge.ts'
import { namePublicPage, showBadge, type Visitor } from '../../../actions/showing/show-badge.ts'
import { showAddressFile, showFile } from '../../../actions/showing/show-files.ts'
import { verifyFound } from '../../../actions/showing/verify-badge.ts'
import {
  type FileForm,
  fileForms,
  pictureForms,
  type SignedForm,
  signedForms,
  sizeOf,
} from '../../../domain/badge/badge-files.ts'
import { badgePage } from '../../../pages/badge/badge-page.ts'
import { gonePage } from '../../../pages/badge/gone-page.ts'
import type { Words } from '../../../words/words.ts'
import type { Asked, Named } from '../../kept/quick-answers.ts'
import { wordsFor } from '../../languages.ts'
import { callerOf } from '../../limits.ts'
import { badgePageType } from '../../negotiation.ts'
import { answer, answerNotConfirmed } from '../../replies.ts'
import { readId, readSlug } from '../../slug.ts'
import type { App, HttpTools } from '../../tools.ts'
import { visitorOf } from '../../visitors.ts'
import { answerDocumentOf, answerFile, nameFile } from '../documents/badge-files.ts'

const html = 'text/html; charset=utf-8'
const json = 'application/json; charset=utf-8'

const At = Type.Object({ slug: Type.String() })
const about = (summary: string) => ({ tags: ['Badges'], summary, params: At })

/** The public forms of one badge. */
export function badgePageRoutes(app: App, tools: HttpTools) {
  app.get(
    '/b/:slug',
    {
      schema: {
        ...about(
          'The badge page; its JSON when JSON is named, or at `.json`; the hosted assertion as JSON-LD, the credential under its types',
        ),
        querystring: Type.Object({
          // Any value is accepted: a refusal would reveal that a badge exists.
          check: Type.Optional(
            Type.Any({ description: '`now` checks again, shown check by check.' }),
          ),
          share: Type.Optional(Type.Any({ description: 'The secret of a share link.' })),
          lang: Type.Optional(
            Type.Any({ description: 'The language of the page; the reader’s, when empty.' }),
          ),
        }),
        response: { 200: BadgeView, 410: GoneView },
      },
      config: { nameAnswer: async (request) => namePage(tools, request) },
    },
    async (request, reply) => {
      const suffixed = request.params.slug.endsWith('.json')
      const type = suffixed ? 'application/json' : badgePageType(request.headers.accept)
      const slug = readSlug(request.params.slug.replace(/\.json$/, ''))
      const visitor = await visitorOf(tools, request)
      if (type !== 'text/html' && type !== 'application/json')
        return answerDocumentOf(tools, request, reply, { slug, type, visitor })
      const found = await showBadge(tools, { slug }, counted(visitor, request))
      if (found.kind === 'hidden')
        return answerNotConfirmed(request, reply, type === 'text/html' ? 'html' : 'json')
      const { shown } = found
      if (shown.kind === 'gone' || !shown.view.indexable) reply.header('x-robots-tag', 'noindex')
      if (shown.kind === 'shown' && !shown.view.shared)
        reply.header(
          'link',
          `<${shown.view.links.credential}>; rel="alternate"; type="application/vc+ld+json"`,
        )
      const status = shown.kind === 'gone' ? 410 : 200
      if (type !== 'text/html')
        return answer(request, reply, {
          type: json,
          body: JSON.stringify(shown.view),
          caching: 'state',
          status,
        })
      const check = (request.query as { check?: unknown }).check === 'now'
      const body = await page(tools, found, {
        check,
        t: wordsFor(request, 'badge'),
        caller: callerOf(request),
      })
      return answer(request, reply, { type: html, body, caching: 'state', status })
    },
  )
  for (const form of fileForms)
    app.get(
      `/b/:slug/${form}`,
      {
        schema: about(summaries[form] ?? ''),
        config: {
          nameAnswer: async ({ params, headers: { accept } }) =>
            nameFile(tools, { form, slug: readSlug((params as { slug: string }).slug), accept }),
        },
      },
      async (request, reply) => {
        const slug = readSlug(request.params.slug)
        const file = await showFile(tools, slug, form, await visitorOf(tools, request))
        return answerFile(tools, request, reply, { form, file })
      },
    )
  for (const form of signedForms)
    app.get(
      `/b/:slug/addressed/:credential/${form}`,
      {
        schema: {
          ...about(`For its owner: ${summaries[form]}, for another of their addresses`),
          params: Type.Object({ slug: Type.String(), credential: Type.String() }),
        },
      },
      async (request, reply) => {
        const at = { slug: readSlug(request.params.slug), id: readId(request.params.credential) }
        const file = await showAddressFile(tools, at, form, await visitorOf(tools, request))
        return answerFile(tools, request, reply, { form, file })
      },
    )
}

/** Names the page, or its JSON, as the public gets it. The other documents have addresses of their own. */
async function namePage(tools: HttpTools, asked: Asked): Promise<Named | undefined> {
  const { slug: place } = asked.params as { slug: string }
  const type = place.endsWith('.json') ? 'application/json' : badgePageType(asked.headers.accept)
  if (type !== 'text/html' && type !== 'application/json') return undefined
  const state = await namePublicPage(tools, { slug: readSlug(place.replace(/\.json$/, '')) })
  const { lang } = wordsFor(asked, 'badge')
  const form = type === 'text/html' ? 'html' : 'json'
  const name = `page ${form} ${lang} ${state ?? 'hidden'}`
  if (state !== undefined) return { name }
  return { name, make: (request, reply) => answerNotConfirmed(request, reply, form) }
}

async function page(
  tools: HttpTools,
  found: Found,
  { check, t, caller }: { check: boolean; t: Words; caller: string },
) {
  const { shown } = found
  if (shown.kind === 'gone') return gonePage(shown.view, t)
  const checkedAt = tools.now()
  if (!check) return badgePage(shown.view, { checkedAt }, t)
  const verdict = await verifyFound(tools, found, caller)
  return badgePage(shown.view, { checkedAt, verdict }, t)
}

/** The page and its JSON count as views of a share link; the files that the page loads do not. */
function counted(visitor: Visitor, { method }: FastifyRequest): Visitor {
  return visitor.viewer === 'public' ? { ...visitor, counted: method === 'GET' } : visitor
}

const summaries: Partial<Record<FileForm, string>> & Record<SignedForm, string> = {
  'credential.json': 'The Open Badges 3.0 credential with its Data Integrity proof',
  'credential.jwt': 'The Open Badges 3.0 credential as VC-JWT',
  'assertion.jws': 'The Open Badges 2.0 assertion, signed',
  'badge.png': 'The picture with both documents baked in',
  'badge.svg': 'The picture as SVG with the Open Badges 3.0 credential',
  'badge-ob2.svg': 'The picture as SVG with the signed Open Badges 2.0 assertion',
  'picture.png': 'The plain picture, which shows when the badge is not valid',
  'named-badge.png': 'For its owner: the picture with the credential that has their name',
  'named-credential.json': 'For its owner: the Open Badges 3.0 credential with their name',
  'named-credential.jwt': 'For its owner: the credential with their name as VC-JWT',
  ...Object.fromEntries(
    pictureForms.map((form) => [form, `The plain picture, ${sizeOf(form)} pixels wide`]),
  ),
}
