import { ResultAnswer } from './exam-result.ts'
import { type Static, Type } from './type.ts'
import { BadgeLinks, RevocationClass } from './view.ts'

export const BadgeState = Type.Enum(['valid', 'expired', 'revoked', 'suspended'])
export type BadgeState = Static<typeof BadgeState>
export const Visibility = Type.Enum(['private', 'link', 'public'])
export type Visibility = Static<typeof Visibility>
export const NameDisplay = Type.Enum(['full', 'initials', 'hidden'])
export type NameDisplay = Static<typeof NameDisplay>

/** The candidate's controls over one badge (privacy, Controls). */
export const PrivacySettings = Type.Object({
  visibility: Visibility,
  nameDisplay: NameDisplay,
  discoverable: Type.Boolean(),
  showExpired: Type.Boolean(),
})
export type PrivacySettings = Static<typeof PrivacySettings>

export const PrivacyChange = Type.Partial(PrivacySettings, {
  additionalProperties: false,
  minProperties: 1,
  title: 'PrivacyChange',
})
export type PrivacyChange = Static<typeof PrivacyChange>

/** The text that both databases can store. */
export const storable = '^[^\\u0000\\p{Cs}]*$'

export const Note = Type.String({
  maxLength: 2000,
  pattern: storable,
  description: 'Unicode text without NUL.',
})

export const Revocation = Type.Object(
  { class: RevocationClass, note: Type.Optional(Note) },
  { additionalProperties: false, title: 'Revocation' },
)
export type Revocation = Static<typeof Revocation>

/** The note stays internal, in the audit log. */
export const Suspension = Type.Object(
  { note: Type.Optional(Note) },
  { additionalProperties: false, title: 'Suspension' },
)
export type Suspension = Static<typeof Suspension>

/** A badge for the exam system and operators. */
export const BadgeAnswer = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    state: BadgeState,
    achievement: Type.String(),
    certificationNumber: Type.String(),
    earnedOn: Type.String({ format: 'date' }),
    expiresOn: Type.String({ format: 'date' }),
    ...PrivacySettings.properties,
    links: BadgeLinks,
  },
  { title: 'BadgeRecord' },
)
export type BadgeAnswer = Static<typeof BadgeAnswer>

export const IntakeAnswer = Type.Object(
  { result: ResultAnswer, badge: Type.Optional(BadgeAnswer) },
  { title: 'IntakeAnswer' },
)
export type IntakeAnswer = Static<typeof IntakeAnswer>

export const BadgeList = Type.Object(
  {
    badges: Type.Array(BadgeAnswer),
    next: Type.Optional(Type.String({ description: 'Give it as `after` for the next page.' })),
  },
  { title: 'BadgeList' },
)
export type BadgeList = Static<typeof BadgeList>

/** The history of a badge: who, what, when. Notes are internal. */
export const BadgeHistory = Type.Object(
  {
    history: Type.Array(
      Type.Object({
        at: Type.String({ format: 'date-time' }),
        actor: Type.String(),
        action: Type.String(),
        details: Type.Record(Type.String(), Type.Unknown()),
        note: Type.Optional(Type.String()),
      }),
    ),
  },
  { title: 'BadgeHistory' },
)
export type BadgeHistory = Static<typeof BadgeHistory>
