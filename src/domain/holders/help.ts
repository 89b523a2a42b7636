import type { Achievement, Programme } from '../../../schemas/programme.ts'
import type { IssuerView } from '../../../schemas/view.ts'
import type { Addresses } from '../programme/addresses.ts'
import { type Contact, contactOf, offered } from '../programme/programme.ts'
import { viewIssuer } from '../programme/programme-views.ts'
import { earlier, later } from '../rules/attempt.ts'
import { noRenewal, type RenewalRules } from '../rules/renewals.ts'
import { validity } from '../rules/validity.ts'

/** Certifications with the same rules, and an example: a pass on one day. Terms are ISO durations, days are dates. */
export type CertificationRules = {
  names: string[]
  validity: string
  renewal: RenewalRules
  example: { earnedOn: string; expiresOn: string; opensOn: string; closesOn: string }
}

/** The content of a programme's help page. */
export type HelpView = {
  issuer: IssuerView
  contact: Contact
  appeals?: string
  /** The ISO duration after an exam within which the programme promises the badge. */
  badgeWithin?: string
  timeZone: string
  certifications: CertificationRules[]
  /** ISO durations; the last one applies to every later failure, too. */
  retakeWaits: string[]
  /** The first day on which a next attempt may start, after a failure on one day. */
  retake: { failedOn: string; from: string }
}

const exampleDay = '2027-03-01'

/** Answers to candidates' questions, from the programme. */
export function viewHelp(programme: Programme, addresses: Addresses): HelpView {
  const { help, timeZone, policies } = programme
  return {
    issuer: viewIssuer(programme, addresses),
    contact: contactOf(programme),
    ...(help?.appeals && { appeals: help.appeals }),
    ...(help?.badgeWithin && { badgeWithin: help.badgeWithin }),
    timeZone,
    certifications: groupedByRules(programme),
    retakeWaits: policies.retakeWaits,
    retake: { failedOn: exampleDay, from: later(exampleDay, policies.retakeWaits[0] ?? 'P0D') },
  }
}

function groupedByRules(programme: Programme): CertificationRules[] {
  const groups = Map.groupBy(offered(programme), rulesOf)
  return [...groups.values()].flatMap((alike) => {
    const [first] = alike
    if (!first) return []
    const renewal = first.renewal ?? noRenewal
    return {
      names: alike.map(({ name }) => name),
      validity: first.validity,
      renewal,
      example: exampleOf(programme, first.validity, renewal),
    }
  })
}

function rulesOf({ validity, renewal = noRenewal }: Achievement): string {
  const { renewalWindow, graceAfter, renewalAnchor, passOutsideWindow } = renewal
  return [validity, renewalWindow, graceAfter, renewalAnchor, passOutsideWindow].join(' ')
}

function exampleOf(
  { timeZone, policies }: Programme,
  term: string,
  { renewalWindow, graceAfter }: RenewalRules,
) {
  const noon = Temporal.PlainDate.from(exampleDay).toZonedDateTime({ timeZone, plainTime: '12:00' })
  const { inclusiveEnd } = policies
  const { earnedOn, expiresOn } = validity(noon.toInstant().toString(), {
    timeZone,
    term,
    inclusiveEnd,
  })
  return {
    earnedOn,
    expiresOn,
    opensOn: earlier(expiresOn, renewalWindow),
    closesOn: later(expiresOn, graceAfter),
  }
}
