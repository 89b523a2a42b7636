import type { Programme } from '../../../schemas/programme.ts'

type Row = { what: string; edit: (programme: Programme) => void; errors: Record<string, string> }

const as = <Value>(value: unknown) => value as Value

/** Changes that make an exam, an achievement or a policy wrong, and what is said about them. */
export const rows: Row[] = [
  {
    what: 'a score that is shown and not explained',
    edit: (it) => {
      first(it.exams).showScore = true
    },
    errors: {
      '/exams/0/score': 'score is missing: an exam with showScore says what its score means.',
    },
  },
  {
    what: 'an id with capitals and spaces',
    edit: (it) => {
      first(it.achievements).id = 'Solutions Architect'
    },
    errors: {
      '/achievements/0/id':
        'id is not written as expected: Lower-case letters, digits and hyphens.',
    },
  },
  {
    what: 'an exam code with a slash',
    edit: (it) => {
      first(it.exams).code = 'PR/1'
    },
    errors: {
      '/exams/0/code':
        'code is not written as expected: Letters, digits, dots and hyphens; at most 64.',
    },
  },
  {
    what: 'a picture that climbs',
    edit: (it) => {
      first(it.achievements).picture = '../secret.svg'
    },
    errors: {
      '/achievements/0/picture':
        'picture is not written as expected: An SVG file beside the programme file.',
    },
  },
  {
    what: 'a picture that is a PNG',
    edit: (it) => {
      first(it.achievements).picture = 'practitioner.png'
    },
    errors: {
      '/achievements/0/picture':
        'picture is not written as expected: An SVG file beside the programme file.',
    },
  },
  {
    what: 'a validity in words',
    edit: (it) => {
      first(it.achievements).validity = '2 years'
    },
    errors: {
      '/achievements/0/validity':
        'validity is not written as expected: An ISO 8601 duration of a day or more, such as P2Y or P90D; under 100 years.',
    },
  },
  {
    what: 'a validity in hours',
    edit: (it) => {
      first(it.achievements).validity = 'PT24H'
    },
    errors: {
      '/achievements/0/validity':
        'validity is not written as expected: An ISO 8601 duration of a day or more, such as P2Y or P90D; under 100 years.',
    },
  },
  {
    what: 'a validity of nothing',
    edit: (it) => {
      first(it.achievements).validity = 'P'
    },
    errors: {
      '/achievements/0/validity':
        'validity is not written as expected: An ISO 8601 duration of a day or more, such as P2Y or P90D; under 100 years.',
    },
  },
  {
    what: 'a validity of 0 days',
    edit: (it) => {
      first(it.achievements).validity = 'P0D'
    },
    errors: {
      '/achievements/0/validity':
        'validity is not written as expected: An ISO 8601 duration of a day or more, such as P2Y or P90D; under 100 years.',
    },
  },
  {
    what: 'a validity of a million years',
    edit: (it) => {
      first(it.achievements).validity = 'P1000000Y'
    },
    errors: {
      '/achievements/0/validity':
        'validity is not written as expected: An ISO 8601 duration of a day or more, such as P2Y or P90D; under 100 years.',
    },
  },
  {
    what: 'a validity of more digits than a number has',
    edit: (it) => {
      first(it.achievements).validity = `P${'9'.repeat(400)}Y`
    },
    errors: {
      '/achievements/0/validity':
        'validity is not written as expected: An ISO 8601 duration of a day or more, such as P2Y or P90D; under 100 years.',
    },
  },
  {
    what: 'a retake wait of 100 years',
    edit: (it) => {
      it.policies.retakeWaits = ['P14D', 'P100Y']
    },
    errors: {
      '/policies/retakeWaits/1':
        'entry 1 is not written as expected: An ISO 8601 duration in calendar units, such as P2Y or P14D; under 100 years.',
    },
  },
  {
    what: 'a criterion with a link by http',
    edit: (it) => {
      first(it.achievements).criteria.url = 'http://a.example'
    },
    errors: {
      '/achievements/0/criteria/url':
        'url is not written as expected: A full address that starts with https://',
    },
  },
  {
    what: 'skills with mistakes',
    edit: (it) => {
      first(it.achievements).skills = as([{ name: '', url: 'x' }, { title: 'a' }])
    },
    errors: {
      '/achievements/0/skills/0/name': 'name must not be empty.',
      '/achievements/0/skills/0/url':
        'url is not written as expected: A full address that starts with https://',
      '/achievements/0/skills/1/name': 'name is missing.',
      '/achievements/0/skills/1/url': 'url is missing.',
      '/achievements/0/skills/1/title': 'title is not a known field; remove it.',
    },
  },
  {
    what: 'a policy with every value wrong',
    edit: (it) => {
      it.policies = as({
        inclusiveEnd: 'never',
        visibilityAtClaim: 'world',
        nameDisplay: 'nick',
        emailIdentifier: 'yes',
        statusMethod: 'none',
        retakeWaits: [],
      })
    },
    errors: {
      '/policies/inclusiveEnd': 'inclusiveEnd must be one of sameDay, dayBefore.',
      '/policies/visibilityAtClaim': 'visibilityAtClaim must be one of private, link, public.',
      '/policies/nameDisplay': 'nameDisplay must be one of full, initials, hidden.',
      '/policies/emailIdentifier': 'emailIdentifier must be true or false.',
      '/policies/statusMethod':
        'statusMethod must be one of BitstringStatusListEntry, 1EdTechRevocationList.',
      '/policies/retakeWaits': 'retakeWaits needs at least 1 entry.',
    },
  },
  {
    what: 'a renewal by another anchor',
    edit: (it) => {
      as<Record<string, unknown>>(first(it.achievements).renewal).renewalAnchor = 'today'
    },
    errors: {
      '/achievements/0/renewal/renewalAnchor':
        'renewalAnchor must be one of passDate, previousExpiry.',
    },
  },
  {
    what: 'third parties as a list of names',
    edit: (it) => {
      it.thirdParties = as(['Fabrikam'])
    },
    errors: { '/thirdParties/0': 'entry 0 must be an object.' },
  },
]

function first<Entry>(list: Entry[]): Entry {
  return list[0] as Entry
}
