import { Type } from '../type.ts'

const Context = Type.Literal('https://w3id.org/openbadges/v2') // conformance 1.1
const HttpUrl = Type.String({ pattern: '^https?://[^\\s]+$' })
const UrnUuid = Type.String({
  // conformance 1.16: a version 1 to 5 UUID; validators refuse others
  pattern: '^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
})
const Moment = Type.String({ format: 'date-time' }) // conformance 1.9
const Text = Type.String({ minLength: 1 })
const closed = { additionalProperties: false }

const Recipient = Type.Union([
  Type.Object(
    {
      type: Type.Literal('email'),
      hashed: Type.Literal(true), // conformance 1.4
      identity: Type.String({ pattern: '^sha256\\$[0-9a-f]{64}$' }), // conformance 1.5
      salt: Text,
    },
    closed,
  ),
  Type.Object({ type: Type.Literal('id'), hashed: Type.Literal(false), identity: UrnUuid }, closed),
])

/**
 * Assertion, hosted or signed (conformance 1.2 to 1.10). No `image`: a signed document names only addresses that always
 * answer.
 */
export const Assertion = Type.Object(
  {
    '@context': Context,
    type: Type.Literal('Assertion'), // conformance 1.3
    id: Type.Union([HttpUrl, UrnUuid]),
    recipient: Recipient,
    badge: HttpUrl,
    verification: Type.Union([
      Type.Object({ type: Type.Literal('HostedBadge') }, closed),
      Type.Object({ type: Type.Literal('SignedBadge'), creator: HttpUrl }, closed), // 3.2
    ]),
    issuedOn: Moment,
    expires: Type.Optional(Moment),
    narrative: Type.Optional(Text),
  },
  closed,
)

/** BadgeClass (conformance 1.12 to 1.14). */
export const BadgeClass = Type.Object(
  {
    '@context': Context,
    type: Type.Literal('BadgeClass'),
    id: HttpUrl,
    name: Text,
    description: Text,
    image: HttpUrl,
    criteria: Type.Object({ id: Type.Optional(HttpUrl), narrative: Text }, closed),
    issuer: HttpUrl,
    alignment: Type.Optional(
      Type.Array(
        Type.Object(
          {
            targetName: Text,
            targetUrl: HttpUrl,
            targetDescription: Type.Optional(Text),
            targetFramework: Type.Optional(Text),
            targetCode: Type.Optional(Text),
          },
          closed,
        ),
        { minItems: 1 },
      ),
    ),
    tags: Type.Optional(Type.Array(Text, { minItems: 1 })),
  },
  closed,
)

/** Issuer profile (conformance 1.15); `publicKey` is one URL (3.4). */
export const IssuerProfile = Type.Object(
  {
    '@context': Context,
    type: Type.Literal('Issuer'),
    id: HttpUrl,
    name: Text,
    url: HttpUrl,
    email: Text,
    description: Type.Optional(Text),
    telephone: Type.Optional(Type.String({ pattern: '^\\+[1-9]\\d{1,14}$' })),
    publicKey: Type.Optional(HttpUrl),
    revocationList: HttpUrl,
  },
  closed,
)

/** CryptographicKey (conformance 3.3): SPKI with `\n` line ends. */
export const CryptographicKey = Type.Object(
  {
    '@context': Context,
    type: Type.Literal('CryptographicKey'),
    id: HttpUrl,
    owner: HttpUrl,
    publicKeyPem: Type.String({
      pattern: '^-----BEGIN PUBLIC KEY-----\\n[A-Za-z0-9+/=\\n]+\\n-----END PUBLIC KEY-----\\n$',
    }),
  },
  closed,
)

/** RevocationList (conformance 4.4); never exactly one entry (4.5). */
export const RevocationList = Type.Object(
  {
    '@context': Context,
    type: Type.Literal('RevocationList'),
    id: HttpUrl,
    issuer: HttpUrl,
    revokedAssertions: Type.Array(
      Type.Union([
        UrnUuid,
        Type.Object({ id: UrnUuid, revocationReason: Type.Optional(Text) }, closed),
      ]),
      { not: { type: 'array', minItems: 1, maxItems: 1 } },
    ),
  },
  closed,
)
