import type { FastifyReply, FastifyRequest } from 'fastify'
import { chooseLanguage, languages, type Part } from '../words/languages.ts'
import type { Words } from '../words/words.ts'
import { anyLanguageCookie, keepLanguage, languageCookie } from './cookies.ts'
import { ranges } from './negotiation.ts'
import type { HttpTools } from './tools.ts'

/** The language for a reader: the one that the address asks for by `?lang=`, else what their browser prefers. */
export function wordsFor(request: FastifyRequest, part?: Part): Words {
  return chooseLanguage([...asked(request), ...preferred(request)], part)
}

/** The language that the address asks for, and no other: for what is fetched by machines, whose own language is nobody's. */
export function askedWords(request: FastifyRequest, part?: Part): Words {
  return chooseLanguage(asked(request), part)
}

/** The language of a reader on the pages of candidates, which remember what was asked for by `?lang=`. */
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

/** The language of the programme, for what programs read: the same for everybody. */
export function programmeWords({ programmes }: Pick<HttpTools, 'programmes'>): Words {
  return chooseLanguage([programmes.current().programme.language])
}

/** The same where nothing is known but the request: on the page of a problem, which may end a candidate’s way. */
export function keptWords(request: FastifyRequest): Words {
  const kept = anyLanguageCookie(request)
  return chooseLanguage([...asked(request), ...(kept ? [kept] : []), ...preferred(request)])
}

function asked({ query }: FastifyRequest): string[] {
  // An address that cannot be read has no query at all.
  const { lang } = (query ?? {}) as { lang?: unknown }
  return languages.some((words) => words.lang === lang) ? [lang as string] : []
}

function preferred({ headers }: FastifyRequest): string[] {
  return ranges(headers['accept-language'])
}
