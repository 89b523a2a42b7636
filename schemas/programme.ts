import { type Static, Type } from './type.ts'

const Id = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
  description: 'Lower-case letters, digits and hyphens.',
})
const Text = (maxLength = 4000) => Type.String({ minLength: 1, maxLength, pattern: '\\S' })
const HttpsUrl = Type.String({
  format: 'uri',
  pattern: '^https://[^/?#]',
  description: 'A full address that starts with https://',
})
// Few digits: longer terms would leave the range of calendar dates.
const duration = '(\\d{1,2}Y)?(\\d{1,3}M)?(\\d{1,3}W)?(\\d{1,4}D)?$'
const Duration = Type.String({
  pattern: `^P(?=\\d)${duration}`,
  description: 'An ISO 8601 duration in calendar units, such as P2Y or P14D; under 100 years.',
})
const Term = Type.String({
  pattern: `^P(?=.*[1-9])${duration}`,
  description: 'An ISO 8601 duration of a day or more, such as P2Y or P90D; under 100 years.',
})

export const Skill = Type.Object(
  {
    name: Text(200),
    url: HttpsUrl,
    description: Type.Optional(Text()),
    framework: Type.Optional(Text(200)),
    code: Type.Optional(Text(100)),
  },
  { additionalProperties: false },
)

export type Skill = Static<typeof Skill>

export const Achievement = Type.Object(
  {
    id: Id,
    name: Text(200),
    description: Text(),
    level: Id,
    criteria: Type.Object(
      { narrative: Text(8000), url: Type.Optional(HttpsUrl) },
      { additionalProperties: false },
    ),
    picture: Type.String({
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*\\.svg$',
      description: 'An SVG file beside the programme file.',
    }),
    pictureAlt: Text(300),
    tags: Type.Optional(Type.Array(Text(60), { maxItems: 20 })),
    skills: Type.Array(Skill, { maxItems: 50 }),
    prepare: Type.Optional(
      Type.Array(
        Type.Object({ title: Text(200), url: HttpsUrl }, { additionalProperties: false }),
        { maxItems: 20 },
      ),
    ),
    validity: Term,
    retired: Type.Optional(Type.Boolean()),
    renewal: Type.Optional(
      Type.Object(
        {
          renewalWindow: Duration,
          graceAfter: Duration,
          renewalAnchor: Type.Enum(['passDate', 'previousExpiry']),
          passOutsideWindow: Type.Enum(['accept', 'reject', 'ask']),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type Achievement = Static<typeof Achievement>

export const Exam = Type.Object(
  {
    code: Type.String({
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
      description: 'Letters, digits, dots and hyphens; at most 64.',
    }),
    family: Id,
    title: Text(200),
    level: Id,
    achievement: Id,
    showScore: Type.Optional(Type.Boolean()),
    score: Type.Optional(
      Type.Object(
        {
          name: Text(100),
          type: Type.Optional(Type.Enum(['ScaledScore', 'RawScore', 'Percent', 'LetterGrade'])),
          minimum: Type.Optional(Text(32)),
          maximum: Type.Optional(Text(32)),
          pass: Type.Optional(Text(32)),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type Exam = Static<typeof Exam>

/** A row of `/privacy`: who processes candidates' data for the programme, and why. */
export const ThirdParty = Type.Object(
  { entity: Text(200), purpose: Text(500), country: Type.Optional(Text(100)) },
  { additionalProperties: false },
)
export type ThirdParty = Static<typeof ThirdParty>

/** The links of `/privacy`: the programme's privacy policy and its data-processing terms. */
const Privacy = Type.Object(
  { policy: Type.Optional(HttpsUrl), terms: Type.Optional(HttpsUrl) },
  { additionalProperties: false, minProperties: 1 },
)

/** The programme's part of `/help`: contact, appeals, and the time within which it promises a badge. */
const Help = Type.Object(
  {
    contact: Type.Optional(
      Type.Object(
        {
          name: Type.Optional(Text(200)),
          email: Type.Optional(Type.String({ format: 'email' })),
          url: Type.Optional(HttpsUrl),
        },
        { additionalProperties: false },
      ),
    ),
    appeals: Type.Optional(HttpsUrl),
    badgeWithin: Type.Optional(Term),
  },
  { additionalProperties: false, minProperties: 1 },
)

/** The signatory of the programme's certificates, as printed. */
const Certificate = Type.Object(
  {
    signatory: Type.Object(
      {
        name: Text(100),
        title: Text(150),
        signature: Type.String({
          pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*\\.(svg|png)$',
          description: 'An SVG or PNG file beside the programme file.',
        }),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)

/** The whole programme: one file, written by its owner (programme rules, first paragraph). */
export const Programme = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    name: Text(200),
    certificationPrefix: Type.String({
      pattern: '^[A-Z0-9]{1,8}$',
      description: 'At most 8 capital letters and digits.',
    }),
    timeZone: Type.String({ description: 'An IANA zone, such as Asia/Shanghai.' }),
    language: Type.String({
      pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$',
      description: 'A language tag, such as en.',
    }),
    issuer: Type.Object(
      {
        name: Text(200),
        url: HttpsUrl,
        email: Type.String({ format: 'email' }),
        description: Type.Optional(Text()),
        telephone: Type.Optional(
          Type.String({
            pattern: '^\\+[1-9]\\d{1,14}$',
            description: 'With its country code, such as +861012345678 (E.164).',
          }),
        ),
        linkedIn: Type.Optional(
          Type.Object(
            {
              organizationId: Type.String({
                pattern: '^[1-9]\\d{0,18}$',
                description: 'The number of the organisation’s page on LinkedIn, as text.',
              }),
            },
            { additionalProperties: false },
          ),
        ),
      },
      { additionalProperties: false },
    ),
    levels: Type.Array(Type.Object({ id: Id, name: Text(100) }, { additionalProperties: false }), {
      minItems: 1,
    }),
    exams: Type.Array(Exam, { minItems: 1 }),
    achievements: Type.Array(Achievement, { minItems: 1 }),
    policies: Type.Object(
      {
        inclusiveEnd: Type.Enum(['sameDay', 'dayBefore']),
        visibilityAtClaim: Type.Optional(
          Type.Enum(['private', 'link', 'public'], {
            description:
              'What is preselected when a candidate claims a badge; private when it is left out.',
          }),
        ),
        nameDisplay: Type.Enum(['full', 'initials', 'hidden']),
        emailIdentifier: Type.Boolean({
          description: 'Whether files carry the salted hash of the address.',
        }),
        statusMethod: Type.Enum(['BitstringStatusListEntry', '1EdTechRevocationList']),
        retakeWaits: Type.Array(Duration, { minItems: 1, maxItems: 10 }),
      },
      { additionalProperties: false },
    ),
    thirdParties: Type.Array(ThirdParty),
    privacy: Type.Optional(Privacy),
    help: Type.Optional(Help),
    certificate: Type.Optional(Certificate),
  },
  { additionalProperties: false, title: 'Programme' },
)
export type Programme = Static<typeof Programme>
