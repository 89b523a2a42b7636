import {
  BadgeAnswer,
  BadgeHistory,
  BadgeList,
  PrivacyChange,
  Revocation,
  Suspension,
} from '../../../../schemas/badge.ts'
import { ProblemDocument } from '../../../../schemas/problem.ts'
import { Type } from '../../../../schemas/type.ts'
import { readBadgeList, readHistory } from '../../../actions/operating/read-badges.ts'
import { reopenBadge } from '../../../actions/operating/reopen-badge.ts'
import { revokeBadge } from '../../../actions/operating/revoke-badge.ts'
import { setPrivacy } from '../../../actions/operating/set-privacy.ts'
import { reinstateBadge, suspendBadge } from '../../../actions/operating/suspend-badge.ts'
import { readBadge } from '../../../actions/support/read-badge.ts'
import { actorFor, guards } from '../../guards.ts'
import type { App, HttpTools } from '../../tools.ts'

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) })
const Page = Type.Object(
  {
    limit: Type.Optional(
      Type.String({
        pattern: '^([1-9]\\d?|1\\d\\d|200)$',
        description: 'From 1 to 200; 50 by default.',
      }),
    ),
    after: Type.Optional(Type.String({ format: 'uuid' })),
  },
  { additionalProperties: false },
)

const about = (summary: string, scope: string) => ({
  tags: ['Operators'],
  summary,
  security: [{ apiKey: [scope] }],
  response: { 200: BadgeAnswer, '4xx': ProblemDocument },
})

/** What operators do with badges. Every change is in the audit log. */
export function badgeRoutes(app: App, tools: HttpTools) {
  const guard = guards(app, tools)
  app.get(
    '/v1/badges',
    {
      onRequest: guard('badges:read'),
      schema: {
        ...about('List badges', 'badges:read'),
        querystring: Page,
        response: { 200: BadgeList, '4xx': ProblemDocument },
      },
    },
    async (request) => {
      const actor = actorFor(request)
      const { after, limit = '50' } = request.query
      return readBadgeList(tools, { after, limit: Number(limit), actor })
    },
  )
  app.get(
    '/v1/badges/:id',
    {
      onRequest: guard('badges:read'),
      schema: { ...about('Read one badge', 'badges:read'), params: Id },
    },
    async (request) => {
      const actor = actorFor(request)
      return readBadge(tools, { id: request.params.id, actor })
    },
  )
  app.get(
    '/v1/badges/:id/history',
    {
      onRequest: guard('badges:read'),
      schema: {
        ...about('What happened to a badge: who, what, when', 'badges:read'),
        params: Id,
        response: { 200: BadgeHistory, '4xx': ProblemDocument },
      },
    },
    async (request) => readHistory(tools, { id: request.params.id, actor: actorFor(request) }),
  )
  app.put(
    '/v1/badges/:id/privacy',
    {
      onRequest: guard('badges:write'),
      schema: {
        ...about('Change who may see a badge', 'badges:write'),
        params: Id,
        body: PrivacyChange,
      },
    },
    async (request) => {
      const actor = actorFor(request)
      return setPrivacy(tools, { id: request.params.id, change: request.body, actor })
    },
  )
  app.post(
    '/v1/badges/:id/revoke',
    {
      onRequest: guard('badges:write'),
      schema: { ...about('Revoke a badge for good', 'badges:write'), params: Id, body: Revocation },
    },
    async (request) => {
      const actor = actorFor(request)
      return revokeBadge(tools, { id: request.params.id, revocation: request.body, actor })
    },
  )
  for (const [verb, summary, act] of [
    ['suspend', 'Put a badge under review', suspendBadge],
    ['reinstate', 'Lift a suspension', reinstateBadge],
    ['reopen', 'Let a candidate claim a badge that they declined', reopenBadge],
  ] as const)
    app.post(
      `/v1/badges/:id/${verb}`,
      {
        onRequest: guard('badges:write'),
        schema: { ...about(summary, 'badges:write'), params: Id, body: Suspension },
        preValidation: async (request) => {
          request.body ??= {}
        },
      },
      async (request) => {
        const actor = actorFor(request)
        return act(tools, { id: request.params.id, note: request.body.note, actor })
      },
    )
}
