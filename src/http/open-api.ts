import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'

/** The head of the OpenAPI document; each route adds itself. */
export function openApi(origin: string): FastifyDynamicSwaggerOptions {
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
