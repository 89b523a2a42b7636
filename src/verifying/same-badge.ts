import { type Finding, fail, pass } from './checks.ts'
import type { Presented } from './presented.ts'

export const oneBadge = 'All that the picture holds speaks of one badge.'
export const otherBadges = 'The picture holds documents of different badges.'

/**
 * Whether the documents of one picture belong to one badge: a genuine document must not lend its name to another. A
 * hosted assertion has its own salt, and an address alone says nothing; for these, the issuer's record identifies the
 * badge, and there is a finding only when the dates differ.
 */
export function sameBadge(presented: Presented[]): Finding[] {
  const wholes = presented.filter(isWhole)
  const signed = wholes.filter(({ kind }) => kind !== 'assertion')
  const differ =
    countOf(signed.map(factsOf)) > 1 ||
    countOf(wholes.map(factsOf).map(({ from, until }) => ({ from, until }))) > 1
  if (differ) return [fail('file', otherBadges)]
  return signed.length === presented.length ? [pass('file', oneBadge)] : []
}

const countOf = (values: object[]) => new Set(values.map((each) => JSON.stringify(each))).size

type Facts = Record<string, unknown> & {
  credentialSubject?: { id?: string; identifier?: { identityHash?: string; salt?: string }[] }
  recipient?: { identity?: string; salt?: string }
}

function isWhole(presented: Presented): presented is Whole {
  return presented.kind !== 'assertion-address'
}

type Whole = Exclude<Presented, { kind: 'assertion-address' }>

function factsOf(presented: Whole) {
  const document: Facts = 'document' in presented ? presented.document : presented.payload
  const { credentialSubject: subject, recipient } = document
  const identifier = subject?.identifier?.[0]
  return {
    who: recipient?.identity ?? identifier?.identityHash ?? subject?.id,
    salt: recipient?.salt ?? identifier?.salt,
    from: document.issuedOn ?? document.validFrom,
    until: document.expires ?? document.validUntil,
  }
}
