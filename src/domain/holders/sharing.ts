import type { BadgeView } from '../../../schemas/view.ts'
import { postText } from './post-text.ts'

/**
 * What is shared: the badge, the address that opens it (its page, or a share link of it), the number of the issuer's page on LinkedIn
 * where the programme names one, and what is said about it in the sharer's language. Texts are plain; `body` may have lines.
 */
export type Sharing = {
  view: BadgeView
  page: string
  organizationId?: string | undefined
  said: { post: string; subject: string; body: string }
}

/** Where a badge can be shared to by an address of that place. */
export const channels = [
  'linkedInProfile',
  'linkedInPost',
  'x',
  'facebook',
  'mail',
  'weibo',
] as const
export type Channel = (typeof channels)[number]

/** The address that opens each place with the badge filled in. */
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
 * The fields of LinkedIn's form, by the names that its address takes. Months count from 1. The number of the organisation gives its
 * logo and its link; a name may be matched to another organisation, so it is the second choice. Without an end, neither field of it.
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

/** `2026-11-22` -> 2026 and 11: the days are the programme's, whatever the zone of the reader. */
function yearAndMonth(date: string) {
  const { year, month } = Temporal.PlainDate.from(date)
  return { year: String(year), month: String(month) }
}

/** Every value percent-encoded: a space as `%20`, which forms and mail programs both read. */
function address(base: string, fields: Record<string, string>): string {
  const query = Object.entries(fields).map(
    ([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`,
  )
  return `${base}?${query.join('&')}`
}
