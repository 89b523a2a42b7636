import cookie from '@fastify/cookie'
import proxyAddr from '@fastify/proxy-addr'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import { messageLimit } from './bodies.ts'
import { buildValidator } from './build-validator.ts'
import { openFrontDoor } from './kept/front-door.ts'
import { keepAnswers } from './kept/kept-answers.ts'
import { answerQuickly } from './kept/quick-answers.ts'
import { describing } from './open-api.ts'
import { answerNotFound, answerProblem, answerUnreadable } from './problems.ts'
import { warnOfUntrustedForwarders } from './proxies.ts'
import { adapterRoutes } from './routes/api/adapters.ts'
import { badgeRoutes } from './routes/api/badges.ts'
import { candidateRoutes } from './routes/api/candidates.ts'
import { docsRoutes } from './routes/api/docs.ts'
import { examResultRoutes } from './routes/api/exam-results.ts'
import { healthRoutes } from './routes/api/health.ts'
import { bounceRoutes, mailRoutes } from './routes/api/mails.ts'
import { metricsRoutes } from './routes/api/metrics.ts'
import { reviewRoutes } from './routes/api/review.ts'
import { verifyRoutes } from './routes/api/verify.ts'
import { xapiRoutes } from './routes/api/xapi.ts'
import { keyRoutes } from './routes/documents/keys.ts'
import { ob2Routes } from './routes/documents/ob2.ts'
import { ob3Routes } from './routes/documents/ob3.ts'
import { statusRoutes } from './routes/documents/status.ts'
import { accountRoutes } from './routes/my/account.ts'
import { addressRoutes } from './routes/my/address.ts'
import { claimRoutes } from './routes/my/claim.ts'
import { myBadgeRoutes } from './routes/my/my-badges.ts'
import { myProfileRoutes } from './routes/my/my-profile.ts'
import { myShareRoutes } from './routes/my/my-share.ts'
import { signInRoutes } from './routes/my/sign-in.ts'
import { badgePageRoutes } from './routes/public/badge-page.ts'
import { certificateRoutes } from './routes/public/certificate.ts'
import { directoryRoutes } from './routes/public/directory.ts'
import { homeRoutes } from './routes/public/home.ts'
import { noticeRoutes } from './routes/public/notices.ts'
import { oembedRoutes } from './routes/public/oembed.ts'
import { previewRoutes } from './routes/public/previews.ts'
import { profileRoutes } from './routes/public/profile.ts'
import { sitemapRoutes } from './routes/public/sitemap.ts'
import { everywhere, secure } from './security.ts'
import { endSlowBodies, patience } from './slow-bodies.ts'
import type { App, HttpTools } from './tools.ts'

/** The map of the site: every address that Blazon answers. */
export async function makeApp(tools: HttpTools, logger: FastifyBaseLogger): Promise<App> {
  const trusts = proxyAddr.compile(tools.trustedProxies)
  const app = Fastify({
    loggerInstance: logger,
    // Behind a trusted proxy, the caller is whom its X-Forwarded-For names. The header of any other sender is ignored.
    trustProxy: trusts,
    // Reading 1 MB of JSON blocks all other requests; a route that takes more sets its own limit.
    bodyLimit: messageLimit,
    requestTimeout: 0, // A file may take its time; `endSlowBodies` limits all other bodies.
    connectionTimeout: patience,
    http: { headersTimeout: patience },
    childLoggerFactory: (logger) => logger, // A logger for each request costs more than it says.
    // Badge addresses must not reach the log; privacy, rule 6.
    logController: new LogController({ disableRequestLogging: true }),
    schemaController: { compilersFactory: { buildValidator } },
    ajv: {
      customOptions: {
        coerceTypes: false,
        removeAdditional: false,
        allErrors: true,
        validateSchema: false, // Tests do; at a start it takes longer than to compile a schema.
        verbose: true, // The sentence quotes the schema's description as a hint.
      },
    },
    frameworkErrors: (_error, request, reply) => {
      reply.headers(everywhere) // no hook has run
      return answerUnreadable(request, reply)
    },
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.setSerializerCompiler(() => JSON.stringify)
  app.setErrorHandler(answerProblem)
  app.setNotFoundHandler(answerNotFound)
  const note = warnOfUntrustedForwarders(app, trusts)
  endSlowBodies(app)
  const answers = keepAnswers()
  openFrontDoor(app, tools, { answers, note })
  answerQuickly(app, answers)
  secure(app)
  count(app, tools)
  await app.register(cookie)
  const describe = describing(app, tools.addresses.origin)
  const rooms = [
    homeRoutes,
    noticeRoutes,
    healthRoutes,
    metricsRoutes,
    function docs(scope: App) {
      docsRoutes(scope, describe)
    },
    examResultRoutes,
    adapterRoutes,
    xapiRoutes,
    badgeRoutes,
    reviewRoutes,
    candidateRoutes,
    mailRoutes,
    bounceRoutes,
    verifyRoutes,
    signInRoutes,
    claimRoutes,
    addressRoutes,
    myBadgeRoutes,
    myShareRoutes,
    accountRoutes,
    myProfileRoutes,
    badgePageRoutes,
    certificateRoutes,
    profileRoutes,
    directoryRoutes,
    sitemapRoutes,
    previewRoutes,
    oembedRoutes,
    ob2Routes,
    ob3Routes,
    statusRoutes,
    keyRoutes,
  ]
  for (const room of rooms)
    await app.register(
      named(room.name, async (scope) => room(scope.withTypeProvider<TypeBoxTypeProvider>(), tools)),
    )
  return app
}

/** A plugin with a name. Without one, Fastify searches every loaded module for it. */
function named<Plugin extends object>(name: string, plugin: Plugin): Plugin {
  return Object.assign(plugin, { [Symbol.for('fastify.display-name')]: name })
}

/** Counts answers by the pattern of their route, because an address may be a secret. */
function count(app: App, { metrics }: HttpTools) {
  app.addHook('onResponse', ({ method, routeOptions }, reply, done) => {
    metrics.answered({
      method,
      route: routeOptions.url ?? 'none',
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    })
    done()
  })
}
