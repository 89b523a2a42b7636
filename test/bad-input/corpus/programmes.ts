import type { Programme } from '../../../schemas/programme.ts'

type Row = { what: string; edit: (programme: Programme) => void; errors: Record<string, string> }

const as = <Value>(value: unknown) => value as Value

/** Changes that make a programme wrong as a whole, in its issuer or in its references, and what is said about them. */
export const rows: Row[] = [
  {
    what: 'an empty file',
    edit: (it) => {
      for (const key of Object.keys(it)) delete as<Record<string, unknown>>(it)[key]
    },
    errors: {
      '/name': 'name is missing.',
      '/certificationPrefix': 'certificationPrefix is missing.',
      '/timeZone': 'timeZone is missing.',
      '/language': 'language is missing.',
      '/issuer': 'issuer is missing.',
      '/levels': 'levels is missing.',
      '/exams': 'exams is missing.',
      '/achievements': 'achievements is missing.',
      '/policies': 'policies is missing.',
      '/thirdParties': 'thirdParties is missing.',
    },
  },
  {
    what: 'a field of another product',
    edit: (it) => Object.assign(it, { theme: 'dark' }),
    errors: { '/theme': 'theme is not a known field; remove it.' },
  },
  {
    what: 'the field __proto__',
    edit: (it) => Object.defineProperty(it, '__proto__', { value: {}, enumerable: true }),
    errors: { '/__proto__': '__proto__ is not a known field; remove it.' },
  },
  {
    what: 'a prefix in small letters',
    edit: (it) => {
      it.certificationPrefix = 'nwc'
    },
    errors: {
      '/certificationPrefix':
        'certificationPrefix is not written as expected: At most 8 capital letters and digits.',
    },
  },
  {
    what: 'a time zone that is none',
    edit: (it) => {
      it.timeZone = 'China/Beijing'
    },
    errors: { '/timeZone': 'China/Beijing is not an IANA time zone, such as Asia/Shanghai.' },
  },
  {
    what: 'a language with an underscore',
    edit: (it) => {
      it.language = 'en_US'
    },
    errors: { '/language': 'language is not written as expected: A language tag, such as en.' },
  },
  {
    what: 'an issuer by http',
    edit: (it) => {
      it.issuer.url = 'http://northwind.example'
    },
    errors: {
      '/issuer/url': 'url is not written as expected: A full address that starts with https://',
    },
  },
  {
    what: 'an issuer by javascript:',
    edit: (it) => {
      it.issuer.url = 'javascript:alert(1)'
    },
    errors: {
      '/issuer/url': 'url is not written as expected: A full address that starts with https://',
    },
  },
  {
    what: 'an issuer whose address is none',
    edit: (it) => {
      it.issuer.url = 'https://'
    },
    errors: {
      '/issuer/url': 'url is not written as expected: A full address that starts with https://',
    },
  },
  {
    what: 'an issuer without a mail address',
    edit: (it) => {
      it.issuer.email = 'northwind'
    },
    errors: { '/issuer/email': 'email must be a valid email.' },
  },
  {
    what: 'a telephone that cannot be called',
    edit: (it) => {
      it.issuer.telephone = '010 1234'
    },
    errors: {
      '/issuer/telephone':
        'telephone is not written as expected: With its country code, such as +861012345678 (E.164).',
    },
  },
  {
    what: 'blank names',
    edit: (it) => {
      it.name = ' '
      it.issuer.name = ''
    },
    errors: { '/name': 'name must not be empty.', '/issuer/name': 'name must not be empty.' },
  },
  {
    what: 'no levels, exams or achievements',
    edit: (it) => {
      it.levels = []
      it.exams = []
      it.achievements = []
    },
    errors: {
      '/levels': 'levels needs at least 1 entry.',
      '/exams': 'exams needs at least 1 entry.',
      '/achievements': 'achievements needs at least 1 entry.',
    },
  },
  {
    what: 'a level twice',
    edit: (it) => {
      it.levels.push({ id: 'associate', name: 'Again' })
    },
    errors: { '/levels/3/id': 'associate is used twice; each id must be its own.' },
  },
  {
    what: 'an exam twice',
    edit: (it) => {
      it.exams.push({ ...first(it.exams) })
    },
    errors: { '/exams/3/code': 'PR000001 is used twice; each code must be its own.' },
  },
  {
    what: 'an achievement twice',
    edit: (it) => {
      it.achievements.push({ ...first(it.achievements) })
    },
    errors: { '/achievements/3/id': 'practitioner is used twice; each id must be its own.' },
  },
  {
    what: 'an exam of an unknown level, for an unknown achievement',
    edit: (it) => {
      Object.assign(first(it.exams), { level: 'expert', achievement: 'expert' })
    },
    errors: {
      '/exams/0/level': 'There is no level expert; add it to levels.',
      '/exams/0/achievement': 'There is no achievement expert; add it to achievements.',
      '/achievements/0/id': 'No exam leads to practitioner; add one to exams.',
    },
  },
  {
    what: 'an achievement of an unknown level',
    edit: (it) => {
      first(it.achievements).level = 'expert'
    },
    errors: { '/achievements/0/level': 'There is no level expert; add it to levels.' },
  },
  {
    what: 'an achievement that no exam leads to',
    edit: (it) => {
      it.exams.shift()
    },
    errors: { '/achievements/0/id': 'No exam leads to practitioner; add one to exams.' },
  },
]

function first<Entry>(list: Entry[]): Entry {
  return list[0] as Entry
}
