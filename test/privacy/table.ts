import type { ShownState } from './states.ts'
import {
  always,
  any,
  browser,
  credential,
  documentForms,
  everyState,
  html,
  json,
  page,
} from './table-documents.ts'
import { networkForms } from './table-networks.ts'

/** What one form of a badge answers in one state: the status, and what its bytes hold, or which picture they are; or as for none. */
export type Cell = [status: number, holds: RegExp | Picture] | 'hidden'
export type Picture = 'plain' | 'Expired' | 'Under review' | 'revoked'

/** One form of a badge: where it is, how it is asked for, and what the public and the owner get. */
export type Form = {
  form: string
  route: string
  /** The address, where the route's pattern does not say it. */
  at?: string
  accept: string
  type: string
  /** The side of the picture, where it is one, in pixels. */
  size?: number
  /** How the answer looks when the badge may not be known of. */
  hidden: 'text/html' | 'application/problem+json' | 'image/png'
  /** What networks and Open Badges 2.0 software fetch: a share link opens nothing of it. */
  forNetworks?: true
  public: Record<ShownState, Cell>
  /** Where the owner sees something else than the public. */
  owner: Partial<Record<ShownState, Cell>>
}

const view: typeof page = {
  valid: [200, /^\{"status":"valid"/],
  expired: [200, /^\{"status":"expired".*"expiresOn":"2025-03-14"/],
  suspended: [200, /^\{"status":"suspended"/],
  revoked: [410, /^\{"status":"revoked","since":"2026-11-22T/],
}
const baked = (holds: RegExp): Form['public'] => ({ ...always(holds), revoked: [410, 'revoked'] })
const badgePage = {
  public: page,
  owner: { revoked: [200, page.revoked[1]] },
} satisfies Partial<Form>
const badgeView = {
  public: view,
  owner: { revoked: [200, /^\{"status":"revoked","achievement"/] },
} satisfies Partial<Form>
const compact = /^[\w-]+\.[\w-]+\.[\w-]+$/
const inPng = /^\u0089PNG.*openbadges\0.*openbadgecredential\0/s
const inPng3 = /^\u0089PNG(?!.*openbadges\0).*openbadgecredential\0/s
const name =
  /"identityHash":"\u00e7\u008e\u008b\u00e5\u00b0\u008f\u00e6\u0098\u008e","identityType":"name"/
const never: Form['public'] = {
  valid: 'hidden',
  expired: 'hidden',
  suspended: 'hidden',
  revoked: 'hidden',
}
const inSvg = /<openbadges:credential/
const inSvg2 = /<openbadges:assertion verify="/

const of = (name: string, form: Omit<Form, 'form' | 'route'>): Form => ({
  form: name,
  route: `/b/:slug/${name}`,
  ...form,
})

/** The response matrix of privacy.md, by hand: the rows that are about one badge. */
/** Whether nobody but the owner gets a form, however public the badge is. */
export const isOwners = ({ public: cells }: Form): boolean => cells === never

export const forms: Form[] = [
  {
    form: 'page',
    route: '/b/:slug',
    accept: browser,
    type: 'text/html; charset=utf-8',
    hidden: html,
    ...badgePage,
  },
  {
    form: 'page to anything',
    route: '/b/:slug',
    accept: any,
    type: 'text/html; charset=utf-8',
    hidden: html,
    ...badgePage,
  },
  {
    form: 'JSON by name',
    route: '/b/:slug',
    accept: 'application/json',
    type: 'application/json; charset=utf-8',
    hidden: json,
    ...badgeView,
  },
  {
    form: 'JSON by suffix',
    route: '/b/:slug.json',
    accept: browser,
    type: 'application/json; charset=utf-8',
    hidden: json,
    ...badgeView,
  },
  ...[undefined, 1200, 600, 400, 192, 96].map((size = 600, index) =>
    of(index === 0 ? 'picture.png' : `picture-${size}.png`, {
      accept: any,
      type: 'image/png',
      size,
      hidden: 'image/png',
      public: {
        valid: [200, 'plain'],
        expired: [200, 'Expired'],
        suspended: [200, 'Under review'],
        revoked: [410, 'revoked'],
      },
      owner: { revoked: [200, 'revoked'] },
    }),
  ),
  of('badge.png', {
    accept: any,
    type: 'image/png',
    hidden: 'image/png',
    public: baked(inPng),
    owner: { revoked: [200, inPng] },
  }),
  of('badge.svg', {
    accept: any,
    type: 'image/svg+xml; charset=utf-8',
    hidden: json,
    public: baked(inSvg),
    owner: { revoked: [200, inSvg] },
  }),
  of('badge-ob2.svg', {
    accept: any,
    type: 'image/svg+xml; charset=utf-8',
    hidden: json,
    public: baked(inSvg2),
    owner: { revoked: [200, inSvg2] },
  }),
  of('credential.json', {
    accept: any,
    type: 'application/vc+ld+json; charset=utf-8',
    hidden: json,
    public: always(credential),
    owner: {},
  }),
  of('credential.jwt', {
    accept: any,
    type: 'text/plain; charset=utf-8',
    hidden: json,
    public: always(compact),
    owner: {},
  }),
  of('assertion.jws', {
    accept: any,
    type: 'text/plain; charset=utf-8',
    hidden: json,
    public: always(compact),
    owner: {},
  }),
  ...(
    [
      ['named-badge.png', 'image/png', inPng3],
      ['named-credential.json', 'application/vc+ld+json; charset=utf-8', name],
      ['named-credential.jwt', 'text/plain; charset=utf-8', compact],
      ['addressed/:credential/badge.png', 'image/png', inPng],
      ['addressed/:credential/badge.svg', 'image/svg+xml; charset=utf-8', inSvg],
      ['addressed/:credential/badge-ob2.svg', 'image/svg+xml; charset=utf-8', inSvg2],
      [
        'addressed/:credential/credential.json',
        'application/vc+ld+json; charset=utf-8',
        credential,
      ],
      ['addressed/:credential/credential.jwt', 'text/plain; charset=utf-8', compact],
      ['addressed/:credential/assertion.jws', 'text/plain; charset=utf-8', compact],
    ] as const
  ).map(([form, type, holds]) =>
    of(form, {
      accept: any,
      type,
      hidden: type === 'image/png' ? type : json,
      public: never,
      owner: always(holds),
    }),
  ),
  ...networkForms,
  ...documentForms,
]

/** The certificate has the full name, so the public never gets it, whatever else the badge shows. */
export const certificate: Form = of('certificate.pdf', {
  accept: any,
  type: 'application/pdf',
  hidden: json,
  public: everyState([404, /We cannot confirm a badge/]),
  owner: everyState([200, /^%PDF-1\.7/]),
})

/** Every form, also what only an owner gets. */
export const allForms: Form[] = [...forms, certificate]
