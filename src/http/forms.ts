import formbody from '@fastify/formbody'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from '../../schemas/type.ts'
import { checkForm, formToken } from './cookies.ts'
import type { App, HttpTools } from './tools.ts'

/** The field that every form has besides its own. */
export const formFields = { form: Type.Optional(Type.String({ maxLength: 100 })) }

const formBytes = 16 * 1024

/**
 * Makes a group of routes accept forms, from its own pages only: the form token is checked before the rest of the body.
 * Answers to forms are never cached.
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

/** What every page with forms needs. */
export function pageFacts(
  tools: HttpTools,
  request: FastifyRequest,
  reply: FastifyReply,
): { issuerName: string; token: string } {
  const { issuer } = tools.programmes.current().programme
  return { issuerName: issuer.name, token: formToken(tools, request, reply) }
}

/** Sends a page. */
export function sendPage(reply: FastifyReply, page: string, status = 200) {
  return reply.status(status).type('text/html; charset=utf-8').send(page)
}
