import type { BadgeLinks, PreviewLinks } from '../../../schemas/view.ts'
import type { LinkPurpose } from '../people/mail-link.ts'

/** Every absolute address and id, made from `PUBLIC_URL` alone. An address in a signed file can never change. */
export type Addresses = ReturnType<typeof addresses>

/** `publicUrl` is an origin without a trailing slash. */
export function addresses(publicUrl: string) {
  const host = new URL(publicUrl).host
  const did = `did:web:${host.replace(':', '%3A')}`
  const at = (path: string) => `${publicUrl}${path}`
  const keySet = (key: string) => at(`/ob2/${key}`)
  return {
    origin: publicUrl,
    did,
    verificationMethod: (key: string) => `${did}#${key}`,
    key: (key: string) => at(`/keys/${key}`),
    ob2Issuer: (key: string) => `${keySet(key)}/issuer`,
    ob2Key: (key: string) => `${keySet(key)}/key`,
    ob2Revocations: (key: string) => `${keySet(key)}/revocations`,
    ob2Achievements: (key: string) => `${keySet(key)}/achievements/`,
    ob2Achievement: (key: string, achievement: string, version: number) =>
      `${keySet(key)}/achievements/${achievement}/${version}`,
    ob2Assertion: (id: string) => at(`/ob2/assertions/${id}`),
    ob3Issuer: at('/ob3/issuer'),
    ob3Achievement: (achievement: string, version: number) =>
      at(`/ob3/achievements/${achievement}/${version}`),
    achievementPicture: (achievement: string, version: number) =>
      at(`/ob3/achievements/${achievement}/${version}/picture.png`),
    statusList: (list: number | string) => at(`/status/${list}`),
    mailLink: (purpose: LinkPurpose, secret: string) => at(`/${purpose}/${secret}`),
    shareLink: (slug: string, secret: string) => at(`/b/${slug}?share=${secret}`),
    oembed: at('/oembed'),
    previewLinks: (slug: string): PreviewLinks => ({
      card: at(`/b/${slug}/card.png`),
      signature: at(`/b/${slug}/signature.png`),
      embed: at(`/embed/${slug}`),
      oembed: at(`/oembed?url=${encodeURIComponent(at(`/b/${slug}`))}`),
    }),
    my: at('/my'),
    home: at('/'),
    help: at('/help'),
    directory: at('/directory'),
    directoryFeed: at('/directory/feed.json'),
    profile: (handle: string) => at(`/u/${handle}`),
    profileFeed: (handle: string) => at(`/u/${handle}/feed.json`),
    sitemap: at('/sitemap.xml'),
    sitemapPart: (part: string) => at(`/sitemaps/${part}.xml`),
    myBadge: (id: string) => at(`/my/badges/${id}`),
    certificate: (slug: string) => at(`/b/${slug}/certificate.pdf`),
    badgeLinks: (slug: string, hostedId: string): BadgeLinks => ({
      page: at(`/b/${slug}`),
      image: at(`/b/${slug}/picture.png`),
      bakedPng: at(`/b/${slug}/badge.png`),
      bakedSvg: at(`/b/${slug}/badge.svg`),
      bakedSvgOb2: at(`/b/${slug}/badge-ob2.svg`),
      assertion: at(`/ob2/assertions/${hostedId}`),
      assertionJws: at(`/b/${slug}/assertion.jws`),
      credential: at(`/b/${slug}/credential.json`),
      credentialJwt: at(`/b/${slug}/credential.jwt`),
    }),
  }
}
