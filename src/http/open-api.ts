import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import Fastify, { type RouteOptions } from 'fastify'
import type { OpenApiDocument } from '../pages/issuer/docs-page.ts'
import type { App } from './tools.ts'

/**
 * Notes the routes that an app gets from now on. Answers a function that makes their OpenAPI document when it is first
 * asked for: the library, and what it keeps of each route, are of no use before.
 */
export function describing(app: App, origin: string): () => Promise<OpenApiDocument> {
  const routes: Pick<RouteOptions, 'method' | 'url' | 'schema'>[] = []
  app.addHook('onRoute', ({ method, url, schema }) => {
    if (method !== 'HEAD') routes.push({ method, url, ...(schema && { schema }) })
  })
  let document: Promise<OpenApiDocument> | undefined
  return () => {
    document ??= describe(routes, origin)
    return document
  }
}

async function describe(
  routes: Pick<RouteOptions, 'method' | 'url' | 'schema'>[],
  origin: string,
): Promise<OpenApiDocument> {
  const { default: swagger } = await import('@fastify/swagger')
  const app = Fastify({ exposeHeadRoutes: false })
  await app.register(swagger, openApi(origin))
  for (const route of routes) app.route({ ...route, handler: () => {} })
  await app.ready()
  return app.swagger() as OpenApiDocument
}

/** The head of the document; each route adds itself. */
function openApi(origin: string): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Blazon',
        version: '1',
        description:
          'Issues Open Badges 2.0 and 3.0 for a certification programme, and lets anybody verify them.',
      },
      servers: [{ url: origin }],
      tags: [
        { name: 'Exam system', description: 'Results in, badges out.' },
        { name: 'Operators', description: 'Reading and changing badges.' },
        { name: 'Verification', description: 'Open to everybody.' },
        { name: 'Badges', description: 'What the public sees of a badge.' },
        { name: 'Profiles', description: 'What people let others find.' },
        { name: 'Issuer', description: 'Documents that always answer.' },
        { name: 'Health', description: 'For the machines that watch the machine.' },
      ],
      components: {
        securitySchemes: {
          apiKey: {
            type: 'http',
            scheme: 'bearer',
            description: 'Made with npm run api-key -- create.',
          },
          webhook: {
            type: 'apiKey',
            in: 'header',
            name: 'webhook-signature',
            description: 'Standard Webhooks 1.0, over the raw body.',
          },
        },
      },
    },
  }
}
