import type { FastifyReply, FastifyRequest } from 'fastify'
import { chooseLanguage, languages, type Part } from '../words/languages.ts'
import type { Words } from '../words/words.ts'
import { anyLanguageCookie, keepLanguage, languageCookie } from './cookies.ts'
import { ranges } from './negotiation.ts'
import type { HttpTools } from './tools.ts'

/** The reader's language: the one in `?lang=`, else the best match of the browser's preferences. */
export function wordsFor(request: Read, part?: Part): Words {
  return chooseLanguage([...asked(request), ...preferred(request)], part)
}

/**
 * The language in `?lang=` only, for addresses that machines fetch: their `Accept-Language` says nothing about the
 * reader.
 */
export function askedWords(request: FastifyRequest, part?: Part): Words {
  return chooseLanguage(asked(request), part)
}

/** The reader's language on the pages of holders. A choice by `?lang=` is kept in a cookie. */
export function holderWords(
  tools: HttpTools,
  request: FastifyRequest,
  reply: FastifyReply,
  part?: Part,
): Words {
  const [lang] = asked(request)
  if (lang !== undefined) keepLanguage(tools, reply, lang)
  const kept = languageCookie(tools, request)
  return chooseLanguage([...asked(request), ...(kept ? [kept] : []), ...preferred(request)], part)
}

/** The programme's language, for answers to programs: the same for every caller. */
export function programmeWords({ programmes }: Pick<HttpTools, 'programmes'>): Words {
  return chooseLanguage([programmes.current().programme.language])
}

/** The reader's language when only the request is at hand, for the page of a problem. */
export function keptWords(request: FastifyRequest): Words {
  const kept = anyLanguageCookie(request)
  return chooseLanguage([...asked(request), ...(kept ? [kept] : []), ...preferred(request)])
}

/** What a request says about languages, besides its cookies. */
type Read = { query: unknown; headers: { 'accept-language'?: string | undefined } }

function asked({ query }: Read): string[] {
  // An unreadable address has no query.
  const { lang } = (query ?? {}) as { lang?: unknown }
  return languages.some((words) => words.lang === lang) ? [lang as string] : []
}

function preferred({ headers }: Read): string[] {
  return ranges(headers['accept-language'])
}
