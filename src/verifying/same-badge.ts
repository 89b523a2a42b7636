import { type Finding, fail, pass } from './checks.ts'
import { payloadOf } from './credential-jwt.ts'
import type { Presented } from './presented.ts'

/** Whether the documents of one picture speak of one badge: a genuine one must not lend its name to another. */
export function sameBadge(presented: Presented[]): Finding {
  const facts = new Set(presented.map((each) => JSON.stringify(factsOf(each))))
  if (facts.size === 1) return pass('file', 'All that the picture holds speaks of one badge.')
  return fail('file', 'The picture holds documents of different badges.')
}

type Facts = Record<string, unknown> & {
  credentialSubject?: { id?: string; identifier?: { identityHash?: string; salt?: string }[] }
  recipient?: { identity?: string; salt?: string }
}

function factsOf(presented: Presented) {
  const document = (
    presented.kind === 'credential' || presented.kind === 'assertion'
      ? presented.document
      : payloadOf(presented.kind === 'credential-jwt' ? presented.jwt : presented.jws)
  ) as Facts
  const { credentialSubject: subject, recipient } = document
  const identifier = subject?.identifier?.[0]
  return {
    who: recipient?.identity ?? identifier?.identityHash ?? subject?.id,
    salt: recipient?.salt ?? identifier?.salt,
    from: document.issuedOn ?? document.validFrom,
    until: document.expires ?? document.validUntil,
  }
}
