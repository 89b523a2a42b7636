import { type Static, Type } from './type.ts'

const Text = (maxLength = 200) => Type.String({ minLength: 1, maxLength, pattern: '\\S' })
const Place = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'The name of a column or field, or a JSON pointer such as /candidate/login.',
})
const Table = Type.Record(Type.String(), Text())

/** Where a field of the message comes from: a place in the vendor's data, or the same value for all. */
export const MappedField = Type.Object(
  {
    from: Type.Optional(Place),
    orFrom: Type.Optional(Place),
    value: Type.Optional(Text()),
    values: Type.Optional(Table),
    matchCase: Type.Optional(
      Type.Boolean({ description: 'Whether the words of values differ by upper and lower case.' }),
    ),
  },
  { additionalProperties: false },
)
export type MappedField = Static<typeof MappedField>

export const Poll = Type.Object(
  {
    shape: Type.Enum(['kryterion', 'certiverse']),
    url: Type.String({
      format: 'uri',
      pattern:
        '^(https://[^/?#@]+|http://(localhost|127\\.\\d+\\.\\d+\\.\\d+)(:\\d+)?)([/?][^#]*)?$',
      description:
        'A full address that starts with https://, without a name or password; http only on this machine.',
    }),
    every: Type.String({
      pattern: '^PT([1-9]\\d{0,3}S|[1-9]\\d{0,2}M|[1-9]\\d?H)$',
      description: 'How often, in seconds, minutes or hours: PT30S, PT5M, PT1H.',
    }),
    cursorParameter: Text(100),
    results: Type.String({
      pattern: '^/',
      description: 'A JSON pointer to the list of results, such as /results.',
    }),
    changed: Type.Optional(Place),
    pageParameter: Type.Optional(Text(100)),
    pages: Type.Optional(Place),
    cursor: Type.Optional(Place),
    more: Type.Optional(Place),
  },
  { additionalProperties: false },
)
export type Poll = Static<typeof Poll>

/** Fields of a message that a mapping fills; `source` is the mapping's own. */
export const mappedNames = [
  'resultId',
  'revision',
  'exam',
  'outcome',
  'score',
  'startedAt',
  'endedAt',
  'scheduledAt',
  'occurredAt',
  'released',
  'contentShown',
  'form',
  'delivery',
  'candidate.id',
  'candidate.fullName',
  'candidate.latinName',
  'candidate.givenName',
  'candidate.familyName',
  'candidate.email',
  'candidate.birthDate',
  'candidate.locale',
] as const
export type MappedName = (typeof mappedNames)[number]

const fields = Object.fromEntries(
  mappedNames.map((name) => [name, Type.Optional(MappedField)]),
) as Record<MappedName, ReturnType<typeof Type.Optional<typeof MappedField>>>

/** How one vendor's results become messages: one file of the folder `ADAPTERS_DIR` (docs/adapters.md). */
export const Mapping = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    description: Type.Optional(Text(1000)),
    source: Type.String({
      pattern: '^[a-z0-9][a-z0-9._-]{0,63}$',
      description: 'Lower-case letters, digits, dots and hyphens; at most 64.',
    }),
    fields: Type.Object(fields, { additionalProperties: false }),
    exams: Type.Optional(Table),
    dates: Type.Optional(
      Type.Object(
        { format: Type.Optional(Text(60)), timeZone: Type.Optional(Text(60)) },
        { additionalProperties: false },
      ),
    ),
    encoding: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 40,
        description:
          'How files without a byte order mark are encoded, such as gb18030; else UTF-8.',
      }),
    ),
    csv: Type.Optional(
      Type.Object({ delimiter: Type.Enum([',', ';', '|', '\t']) }, { additionalProperties: false }),
    ),
    xapi: Type.Optional(
      Type.Object(
        {
          homePage: Type.String({
            format: 'uri',
            description: 'The homePage of the accounts that are candidates.',
          }),
        },
        { additionalProperties: false },
      ),
    ),
    poll: Type.Optional(Poll),
  },
  { additionalProperties: false, title: 'Mapping' },
)
export type Mapping = Static<typeof Mapping>
