import { Type } from './type.ts'

const Url = Type.String({ pattern: '^https?://[^\\s]+$' })

/** BitstringStatusListCredential, by W3C Bitstring Status List 1.0, section 2.2 (the W3C publishes no schema). */
export const StatusList = Type.Object(
  {
    '@context': Type.Array(Type.String(), { minItems: 1 }),
    id: Url,
    type: Type.Array(Type.String(), {
      allOf: [
        { contains: { const: 'VerifiableCredential' } },
        { contains: { const: 'BitstringStatusListCredential' } },
      ],
    }),
    issuer: Type.String({ pattern: '^did:web:' }),
    validFrom: Type.String({ format: 'date-time' }),
    validUntil: Type.String({ format: 'date-time' }),
    credentialSubject: Type.Object(
      {
        id: Url,
        type: Type.Literal('BitstringStatusList'),
        statusPurpose: Type.Literal('revocation'),
        encodedList: Type.String({ pattern: '^u[A-Za-z0-9_-]+$' }),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)
