import { type Static, Type } from './type.ts'

/** A calendar date, `2026-11-22`. Dates define validity; instants are derived from them. */
const CalendarDate = Type.String({ format: 'date' })
const Instant = Type.String({ format: 'date-time' })
const Url = Type.String({ format: 'uri' })
const Language = Type.String({ description: 'The language of these texts, a tag such as `en`.' })

export const IssuerView = Type.Object(
  {
    name: Type.String(),
    description: Type.Optional(Type.String()),
    url: Url,
    email: Type.String(),
    did: Type.String(),
    address: Url,
    language: Language,
  },
  { title: 'Issuer' },
)
export type IssuerView = Static<typeof IssuerView>

export const SkillView = Type.Object({
  name: Type.String(),
  url: Url,
  description: Type.Optional(Type.String()),
  framework: Type.Optional(Type.String()),
  code: Type.Optional(Type.String()),
})
export type SkillView = Static<typeof SkillView>

export const AchievementView = Type.Object(
  {
    id: Type.String(),
    version: Type.Integer(),
    name: Type.String(),
    description: Type.String(),
    level: Type.String(),
    criteria: Type.Object({ narrative: Type.String(), url: Type.Optional(Url) }),
    skills: Type.Array(SkillView),
    exam: Type.Object({ code: Type.String(), title: Type.String() }),
    validity: Type.String({ description: 'ISO 8601 duration, `P2Y`.' }),
    prepare: Type.Optional(Type.Array(Type.Object({ title: Type.String(), url: Url }))),
    picture: Url,
    pictureAlt: Type.String(),
    address: Url,
    language: Language,
  },
  { title: 'Achievement' },
)
export type AchievementView = Static<typeof AchievementView>

export const BadgeLinks = Type.Object(
  {
    page: Url,
    image: Url,
    bakedPng: Url,
    bakedSvg: Url,
    bakedSvgOb2: Url,
    assertion: Url,
    assertionJws: Url,
    credential: Url,
    credentialJwt: Url,
  },
  { title: 'BadgeLinks' },
)
export type BadgeLinks = Static<typeof BadgeLinks>

/** Addresses that networks and other sites fetch for a public badge. */
export const PreviewLinks = Type.Object(
  { card: Type.Optional(Url), signature: Url, embed: Url, oembed: Url },
  {
    title: 'PreviewLinks',
    description:
      'Only while the public may see the badge; `card` only while the name on it can be drawn.',
  },
)
export type PreviewLinks = Static<typeof PreviewLinks>

/** The classes of revocation, which the public may read; other reasons stay internal (privacy: decisions on record). */
export const RevocationClass = Type.Enum(['withdrawn', 'corrected', 'superseded'])
export type RevocationClass = Static<typeof RevocationClass>

/** Another badge of the same certification that the visitor may see: its page and its days. */
export const RenewalView = Type.Object(
  { page: Url, earnedOn: CalendarDate, expiresOn: CalendarDate },
  { title: 'Renewal' },
)
export type RenewalView = Static<typeof RenewalView>

/** What a visible badge shows. `since` and `reason` are present if it is revoked (owner's view) or suspended. */
export const BadgeView = Type.Object(
  {
    status: Type.Enum(['valid', 'expired', 'suspended', 'revoked']),
    achievement: AchievementView,
    issuer: IssuerView,
    holder: Type.Optional(Type.Object({ name: Type.String() })),
    earnedOn: CalendarDate,
    expiresOn: Type.Optional(CalendarDate),
    timeZone: Type.String({ description: 'The zone that the dates are days of.' }),
    validFrom: Instant,
    validUntil: Type.Optional(Instant),
    certificationNumber: Type.String(),
    renews: Type.Optional(RenewalView),
    renewedBy: Type.Optional(RenewalView),
    score: Type.Optional(Type.String()),
    since: Type.Optional(Instant),
    reason: Type.Optional(RevocationClass),
    indexable: Type.Boolean(),
    shared: Type.Optional(
      Type.Object(
        { files: Type.Boolean(), certificate: Type.Optional(Url) },
        {
          description:
            'Only behind a share link: whether it opens the files, and the address of the certificate if it includes that.',
        },
      ),
    ),
    links: BadgeLinks,
    preview: Type.Optional(PreviewLinks),
  },
  { title: 'Badge' },
)
export type BadgeView = Static<typeof BadgeView>

/** What the public sees of a revoked badge that was public: no holder, no files. */
export const GoneView = Type.Object(
  {
    status: Type.Literal('revoked'),
    since: Instant,
    reason: Type.Optional(RevocationClass),
    timeZone: Type.String(),
    achievement: Type.Object({ name: Type.String() }),
    issuer: IssuerView,
    links: Type.Object({ page: Url, image: Url }),
  },
  { title: 'RevokedBadge' },
)
export type GoneView = Static<typeof GoneView>
