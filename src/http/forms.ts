import formbody from '@fastify/formbody'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { checkForm, formToken } from './cookies.ts'
import type { App, HttpTools } from './tools.ts'

/** What every form carries besides its fields. */
export const formFields = { form: Type.Optional(Type.String({ maxLength: 100 })) }

const formBytes = 16 * 1024

/**
 * Lets a room take forms, and only those that its own pages sent: the token is looked at before anything else of the body. Answers
 * to whoever fills in forms are kept by nobody.
 */
export async function takeForms(app: App, tools: HttpTools) {
  await app.register(formbody, { bodyLimit: formBytes })
  app.addHook('preValidation', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return
    const { form } = (request.body ?? {}) as { form?: unknown }
    checkForm(tools, request, typeof form === 'string' ? form : undefined)
  })
  app.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'private, no-store').header('x-robots-tag', 'noindex')
  })
}

/** What a page with forms is told. */
export function pageFacts(
  tools: HttpTools,
  request: FastifyRequest,
  reply: FastifyReply,
): { issuerName: string; token: string } {
  const { issuer } = tools.programmes.current().programme
  return { issuerName: issuer.name, token: formToken(tools, request, reply) }
}

/** Answers a page. */
export function sendPage(reply: FastifyReply, page: string, status = 200) {
  return reply.status(status).type('text/html; charset=utf-8').send(page)
}
