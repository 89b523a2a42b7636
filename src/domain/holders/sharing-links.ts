import type { BadgeView } from '../../../schemas/view.ts'
import { postText } from './post-text.ts'

/**
 * What is shared: the badge, the address that opens it (its page or a share link), the id of the issuer's page on
 * LinkedIn if the programme has one, and the texts in the sharer's language. Texts are plain; `body` may have several
 * lines.
 */
export type Sharing = {
  view: BadgeView
  page: string
  organizationId?: string | undefined
  said: { post: string; subject: string; body: string }
}

/** The places to which an address can share a badge. */
export const channels = [
  'linkedInProfile',
  'linkedInPost',
  'x',
  'facebook',
  'mail',
  'weibo',
] as const
export type Channel = (typeof channels)[number]

/** The address for each place, with the badge filled in. */
export function sharingLinks(sharing: Sharing): Record<Channel, string> {
  const { view, page, said } = sharing
  return {
    linkedInProfile: address('https://www.linkedin.com/profile/add', {
      startTask: 'CERTIFICATION_NAME',
      ...linkedInFields(sharing),
    }),
    linkedInPost: address('https://www.linkedin.com/sharing/share-offsite/', { url: page }),
    x: address('https://x.com/intent/post', { text: postText(said.post), url: page }),
    facebook: address('https://www.facebook.com/sharer/sharer.php', { u: page }),
    mail: address('mailto:', { subject: said.subject, body: said.body.replace(/\r?\n/g, '\r\n') }),
    weibo: address('https://service.weibo.com/share/share.php', {
      url: page,
      title: said.post,
      ...(view.preview?.card !== undefined && { pic: view.preview.card }),
    }),
  }
}

/**
 * The fields of LinkedIn's form, by their names in its address. Months count from 1. The organisation's id gives its
 * logo and link; a name may match another organisation, so it is the second choice. Without an expiry, neither of its
 * fields is set.
 */
export function linkedInFields({ view, page, organizationId }: Omit<Sharing, 'said'>) {
  const issued = yearAndMonth(view.earnedOn)
  const expires = view.expiresOn === undefined ? undefined : yearAndMonth(view.expiresOn)
  return {
    name: view.achievement.name,
    ...(organizationId ? { organizationId } : { organizationName: view.issuer.name }),
    issueYear: issued.year,
    issueMonth: issued.month,
    ...(expires && { expirationYear: expires.year, expirationMonth: expires.month }),
    certUrl: page,
    certId: view.certificationNumber,
  }
}

/** `2026-11-22` gives 2026 and 11. Days are in the programme's zone, whatever the reader's zone is. */
function yearAndMonth(date: string) {
  const { year, month } = Temporal.PlainDate.from(date)
  return { year: String(year), month: String(month) }
}

/** An address with percent-encoded values: a space as `%20`, which web forms and mail programs both read. */
function address(base: string, fields: Record<string, string>): string {
  const query = Object.entries(fields).map(
    ([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`,
  )
  return `${base}?${query.join('&')}`
}
