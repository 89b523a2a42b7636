import type { ShownState } from './states.ts'
import type { Form } from './table.ts'

const png = 'image/png'

// The first bytes of a PNG that is 1200 by 630, or 192 by 192.
const cardPng = /^\u0089PNG.{8}IHDR\0\0.\u00b0\0\0.v/s
const smallPng = /^\u0089PNG.{8}IHDR\0\0\0\u00c0\0\0\0\u00c0/s
const picture = (holds: RegExp): Form['public'] => ({
  valid: [200, holds],
  expired: [200, holds],
  suspended: [200, holds],
  revoked: [410, holds],
})
const ownPicture = (holds: RegExp): Form['owner'] => ({ revoked: [200, holds] })
const embed: Record<ShownState, [number, RegExp]> = {
  valid: [200, /<p class="bar valid">.*Valid/],
  expired: [200, /<p class="bar caution">.*Expired on 14 March 2025</],
  suspended: [200, /<p class="bar caution">.*Status under review</],
  revoked: [410, /<p class="bar bad">.*No longer valid since 22 November 2026</],
}
const oembed: Record<ShownState, [number, RegExp]> = {
  valid: [200, /^\{"version":"1.0","type":"rich","title":"Northwind/],
  expired: [200, /"title":"Expired on 14 March 2025: Northwind/],
  suspended: [200, /"title":"Status under review: Northwind/],
  revoked: [410, /"title":"No longer valid since 22 November 2026: Northwind/],
}

/** What networks, mails and other sites show of a public badge. */
export const networkForms: Form[] = [
  {
    form: 'card.png',
    route: '/b/:slug/card.png',
    accept: '*/*',
    type: png,
    hidden: png,
    forNetworks: true,
    public: picture(cardPng),
    owner: ownPicture(cardPng),
  },
  {
    form: 'signature.png',
    route: '/b/:slug/signature.png',
    accept: '*/*',
    type: png,
    hidden: png,
    forNetworks: true,
    public: picture(smallPng),
    owner: ownPicture(smallPng),
  },
  {
    form: 'embed',
    route: '/embed/:slug',
    accept: 'text/html,*/*;q=0.8',
    type: 'text/html; charset=utf-8',
    hidden: 'text/html',
    forNetworks: true,
    public: embed,
    owner: { revoked: [200, embed.revoked[1]] },
  },
  {
    form: 'oEmbed',
    route: '/oembed',
    at: '/oembed?url=https%3A%2F%2Fbadges.example.test%2Fb%2F:slug',
    accept: '*/*',
    type: 'application/json; charset=utf-8',
    hidden: 'application/problem+json',
    forNetworks: true,
    public: oembed,
    owner: { revoked: [200, oembed.revoked[1]] },
  },
]
