import type { Programme } from '../../../schemas/programme.ts'

type Row = { what: string; edit: (programme: Programme) => void; errors: Record<string, string> }

const as = <Value>(value: unknown) => value as Value
const https = 'is not written as expected: A full address that starts with https://'

/** Changes that make what the privacy and the help page print wrong, and what is said about them. */
export const rows: Row[] = [
  {
    what: 'a third party without a purpose, and one in no country',
    edit: (it) => {
      it.thirdParties = as([{ entity: 'Fabrikam' }, { entity: 'A', purpose: 'B', country: ' ' }])
    },
    errors: {
      '/thirdParties/0/purpose': 'purpose is missing.',
      '/thirdParties/1/country': 'country must not be empty.',
    },
  },
  {
    what: 'links that are not https',
    edit: (it) => {
      it.privacy = { policy: 'http://northwind.example', terms: 'javascript:alert(1)' }
      it.help = { appeals: '/appeals', contact: { url: 'mailto:help@northwind.example' } }
    },
    errors: {
      '/privacy/policy': `policy ${https}`,
      '/privacy/terms': `terms ${https}`,
      '/help/appeals': `appeals ${https}`,
      '/help/contact/url': `url ${https}`,
    },
  },
  {
    what: 'privacy and help that say nothing',
    edit: (it) => {
      it.privacy = {}
      it.help = {}
    },
    errors: {
      '/privacy': 'privacy must name at least one field.',
      '/help': 'help must name at least one field.',
    },
  },
  {
    what: 'somebody who cannot be asked',
    edit: (it) => {
      it.help = { contact: { name: 'The desk' } }
    },
    errors: { '/help/contact': 'contact needs an email or a url, so that people can ask.' },
  },
  {
    what: 'an address and a promise that cannot be read, and a field of another product',
    edit: (it) => {
      it.help = as({
        contact: { email: 'desk' },
        badgeWithin: 'two weeks',
        faq: 'https://a.example',
      })
    },
    errors: {
      '/help/contact/email': 'email must be a valid email.',
      '/help/badgeWithin':
        'badgeWithin is not written as expected: An ISO 8601 duration of a day or more, such as P2Y or P90D; under 100 years.',
      '/help/faq': 'faq is not a known field; remove it.',
    },
  },
  {
    what: 'a certificate that nobody signs',
    edit: (it) => {
      it.certificate = as({})
    },
    errors: { '/certificate/signatory': 'signatory is missing.' },
  },
  {
    what: 'a signatory without a title, whose signature is elsewhere',
    edit: (it) => {
      it.certificate = as({ signatory: { name: ' ', signature: '../signature.svg' } })
    },
    errors: {
      '/certificate/signatory/title': 'title is missing.',
      '/certificate/signatory/name': 'name must not be empty.',
      '/certificate/signatory/signature':
        'signature is not written as expected: An SVG or PNG file beside the programme file.',
    },
  },
  {
    what: 'a page on LinkedIn by its name and not its number',
    edit: (it) => {
      it.issuer.linkedIn = { organizationId: 'northwind' }
    },
    errors: {
      '/issuer/linkedIn/organizationId':
        'organizationId is not written as expected: The number of the organisation’s page on LinkedIn, as text.',
    },
  },
  {
    what: 'ways to prepare without a title, and to a page that is not https',
    edit: (it) => {
      for (const achievement of it.achievements.slice(0, 1))
        achievement.prepare = as([
          { url: 'http://northwind.example' },
          { title: ' ', url: '/guide' },
        ])
    },
    errors: {
      '/achievements/0/prepare/0/title': 'title is missing.',
      '/achievements/0/prepare/0/url': `url ${https}`,
      '/achievements/0/prepare/1/title': 'title must not be empty.',
      '/achievements/0/prepare/1/url': `url ${https}`,
    },
  },
]
