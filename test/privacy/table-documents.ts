import type { ShownState } from './states.ts'
import type { Cell, Form } from './table.ts'

export const html = 'text/html'
export const json = 'application/problem+json'
export const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
export const any = '*/*'

export const page: Record<ShownState, Exclude<Cell, 'hidden'>> = {
  valid: [200, /<p class="verdict-words">Valid/],
  expired: [200, /<p class="verdict-words">Expired on 14 March 2025</],
  suspended: [200, /<p class="verdict-words">Status under review</],
  revoked: [410, /<p class="verdict-words">No longer valid since 22 November 2026</],
}

export const everyState = (cell: Cell): Form['public'] => ({
  valid: cell,
  expired: cell,
  suspended: cell,
  revoked: cell,
})
export const always = (holds: RegExp) => everyState([200, holds])
export const credential = /"type":\["VerifiableCredential","OpenBadgeCredential"\]/

const assertion = {
  ...always(/^\{"@context":"https:\/\/w3id.org\/openbadges\/v2","type":"Assertion"/),
  expired: [200, /"expires":"2025-03-14T/],
  suspended: 'hidden' as const,
  revoked: [410, /^\{"@context":"[^"]*","type":"Assertion","id":"[^"]*","revoked":true\}$/],
} satisfies Form['public']

/** The signed and hosted documents of a badge, at addresses of their own and, by their types, at its page's. */
export const documentForms: Form[] = [
  {
    form: 'assertion by its type',
    route: '/b/:slug',
    accept: 'application/ld+json',
    type: 'application/ld+json; charset=utf-8',
    hidden: json,
    forNetworks: true,
    public: assertion,
    owner: {},
  },
  {
    form: 'credential by its type',
    route: '/b/:slug',
    accept: 'application/vc+ld+json',
    type: 'application/vc+ld+json; charset=utf-8',
    hidden: json,
    public: always(credential),
    owner: {},
  },
  {
    form: 'hosted assertion',
    route: '/ob2/assertions/:id',
    accept: any,
    type: 'application/ld+json; charset=utf-8',
    hidden: json,
    public: assertion,
    owner: {},
  },
  {
    form: 'hosted assertion as JSON',
    route: '/ob2/assertions/:id',
    accept: 'application/json',
    type: 'application/json; charset=utf-8',
    hidden: json,
    public: assertion,
    owner: {},
  },
  {
    form: 'hosted assertion as a page',
    route: '/ob2/assertions/:id',
    accept: browser,
    type: 'text/html; charset=utf-8',
    hidden: html,
    public: page,
    owner: {},
  },
]
