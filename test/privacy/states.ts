import diagnostics from 'node:diagnostics_channel'
import type { Test } from 'tap'
import type { BadgeAnswer } from '../../schemas/badge.ts'
import { issueFor } from '../../src/actions/issuing/issue-for-address.ts'
import { createApiKey } from '../../src/actions/operating/create-api-key.ts'
import { lockIssuedBadge } from '../../src/actions/support/lock-issued-badge.ts'
import { findStanding } from '../../src/storage/badges/credentials.ts'
import { inTransaction } from '../../src/storage/database.ts'
import type { Database } from '../help/databases.ts'
import { issueNamed } from '../help/issue-named.ts'
import { change, issue, type Started, start } from '../help/start.ts'

/** Every state that a badge can be in, as the public, who may not know of some, and its owner see it. */
export const shownStates = ['valid', 'expired', 'suspended', 'revoked'] as const
export type ShownState = (typeof shownStates)[number]

/** States that answer the public as an address without a badge, with what the owner sees. */
export const hiddenStates = {
  unclaimed: 'valid',
  private: 'valid',
  'private after it was public': 'valid',
  'behind a link': 'valid',
  'private and revoked': 'revoked',
  'behind a link and revoked': 'revoked',
  'private and suspended': 'suspended',
  'private and expired': 'expired',
  'expired and not shown when expired': 'expired',
  'revoked, expired and not shown when expired': 'revoked',
} as const satisfies Record<string, ShownState>
export type HiddenState = keyof typeof hiddenStates
export type State = ShownState | HiddenState

/** The random parts of a badge's addresses: its page's, its hosted assertion's, and of its files for another address. */
export type Place = { slug: string; hosted: string; credential: string }

export const unknown: Place = {
  slug: 'AAAAAAAAAAAAAAAAAAAAAA',
  hosted: 'AAAAAAAAAAAAAAAAAAAAAA',
  credential: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
}

/** Addresses that no badge can have. */
export const malformed: Record<string, Place> = {
  'one letter': place('a'),
  '21 letters': place('a'.repeat(21)),
  '23 letters': place('a'.repeat(23)),
  NUL: place('%00'),
  'a dot and dots': place('a..b'),
}

function place(part: string): Place {
  return { slug: part, hosted: part, credential: part }
}

export type Route = { method: string; url: string }

/** A Blazon with a badge in every state, four visitors, and the routes that it really has. */
export type World = Started & {
  badges: Record<State, BadgeAnswer>
  places: Record<State, Place>
  visitors: Record<
    'anonymous' | 'a wrong key' | 'a key without badges:read' | 'an operator',
    Headers
  >
  routes: Route[]
}
type Headers = Record<string, string>

export async function makeWorld(t: Test, database?: Database): Promise<World> {
  const routes: Route[] = []
  const watch = (message: unknown) => {
    const { fastify } = message as { fastify: Started['app'] }
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const each of [method].flat()) routes.push({ method: each, url })
    })
  }
  diagnostics.subscribe('fastify.initialization', watch)
  const started = await start(t, database && { database })
  diagnostics.unsubscribe('fastify.initialization', watch)
  const badges = await issueAll(started)
  const places: Partial<Record<State, Place>> = {}
  for (const [state, badge] of Object.entries(badges))
    places[state as State] = await placeOf(started, badge)
  const other = await createApiKey(started.tools, { name: 'other', scopes: ['results:write'] })
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
  return {
    ...started,
    badges,
    places: places as Record<State, Place>,
    routes,
    visitors: {
      anonymous: {},
      'a wrong key': bearer(`blazon_0123456789ab_${'0'.repeat(64)}`),
      'a key without badges:read': bearer(other),
      'an operator': started.auth,
    },
  }
}

async function placeOf({ tools }: Started, { id, links }: BadgeAnswer): Promise<Place> {
  const last = (address: string) => address.split('/').at(-1) ?? ''
  const [other] = await findStanding(tools.db, id, 'new-address')
  return { slug: last(links.page), hosted: last(links.assertion), credential: other?.id ?? '' }
}

/** What an owner may ask for besides: files with their name, and files for another address. */
async function askForMore(blazon: Started, badge: BadgeAnswer) {
  const { tools } = blazon
  await issueNamed(blazon, badge)
  await inTransaction(tools.db, async (db) => {
    const locked = await lockIssuedBadge(db, badge.id)
    await issueFor(
      { ...tools, db },
      { badge: locked, address: 'secret.address@other.example', actor: 'test' },
    )
  })
}

/** What must appear in no public answer: each badge's candidate has these. */
export const secrets = {
  names: ['Wilhelmina', 'Vandersloot', '王小明'],
  ids: ['C-secret', 'R-secret', 'secret.address'],
}

const old = { startedAt: undefined, endedAt: '2023-03-14T10:00:00+08:00' }

async function issueAll(blazon: Started): Promise<Record<State, BadgeAnswer>> {
  let count = 0
  const badge = async (changes: Record<string, unknown> = {}) => {
    count += 1
    const candidate = {
      id: `C-secret-${count}`,
      fullName: '王小明',
      latinName: 'Wilhelmina Vandersloot',
      email: `secret.address.${count}@example.com`,
    }
    const made = await issue(blazon, { resultId: `R-secret-${count}`, candidate, ...changes })
    await askForMore(blazon, made)
    return made
  }
  const revoked = async (made: BadgeAnswer) =>
    change(blazon, made.id, 'revoke', { class: 'withdrawn' })
  const hide = (made: BadgeAnswer, visibility = 'private') =>
    change(blazon, made.id, 'privacy', { visibility })
  const expiredAndHidden = async () =>
    change(blazon, (await badge(old)).id, 'privacy', { showExpired: false })
  return {
    valid: await badge(),
    expired: await badge(old),
    suspended: await change(blazon, (await badge()).id, 'suspend'),
    revoked: await revoked(await badge()),
    unclaimed: await badge({ visibility: 'private' }),
    private: await hide(await badge({ visibility: 'private' })),
    'private after it was public': await hide(await badge()),
    'behind a link': await badge({ visibility: 'link' }),
    'private and revoked': await revoked(await badge({ visibility: 'private' })),
    'behind a link and revoked': await hide(await revoked(await badge()), 'link'),
    'private and suspended': await hide(await change(blazon, (await badge()).id, 'suspend')),
    'private and expired': await hide(await badge(old)),
    'expired and not shown when expired': await expiredAndHidden(),
    'revoked, expired and not shown when expired': await revoked(await expiredAndHidden()),
  }
}
