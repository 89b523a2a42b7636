import { mistakes, type Row } from '../row.ts'
import { line, person } from './messages.ts'

/** Messages with a candidate who cannot be. */
export const rows: Row[] = [
  {
    what: 'a blank name',
    body: person({ fullName: '   ' }),
    says: mistakes({ '/candidate/fullName': `fullName ${line}` }),
  },
  {
    what: 'a name with a line feed',
    body: person({ fullName: 'Zhang\nWei' }),
    says: mistakes({ '/candidate/fullName': `fullName ${line}` }),
  },
  {
    what: 'a name with an escape character',
    body: person({ fullName: '\u001b[31mWei' }),
    says: mistakes({ '/candidate/fullName': `fullName ${line}` }),
  },
  {
    what: 'a name of 201 characters',
    body: person({ fullName: 'W'.repeat(201) }),
    says: mistakes({ '/candidate/fullName': 'fullName is longer than 200 characters.' }),
  },
  {
    what: 'a lone surrogate in a name',
    body: person({ latinName: 'Wei \udc00' }),
    says: mistakes({ '/candidate/latinName': `latinName ${line}` }),
  },
  {
    what: 'an empty Latin name',
    body: person({ latinName: '' }),
    says: mistakes({ '/candidate/latinName': 'latinName must not be empty.' }),
  },
  {
    what: 'an address without @',
    body: person({ email: 'zhang.wei' }),
    says: mistakes({ '/candidate/email': 'email has no @.' }),
  },
  {
    what: 'an address without a host',
    body: person({ email: 'zhang.wei@' }),
    says: mistakes({ '/candidate/email': 'email has nothing after the @.' }),
  },
  {
    what: 'two addresses',
    body: person({ email: 'a@example.com, b@example.com' }),
    says: mistakes({ '/candidate/email': 'email has a space or a line break inside.' }),
  },
  {
    what: 'an address with two @',
    body: person({ email: 'a@b@example.com' }),
    says: mistakes({ '/candidate/email': 'email has more than one @; send one address alone.' }),
  },
  {
    what: 'an address with a display name',
    body: person({ email: 'Wei <wei@example.com>' }),
    says: mistakes({
      '/candidate/email': 'email has < or > in it; send the address alone, without a name.',
    }),
  },
  {
    what: 'an address with a line feed inside',
    body: person({ email: 'a@example.com\nBcc: b@example.com' }),
    says: mistakes({ '/candidate/email': 'email has a space or a line break inside.' }),
  },
  {
    what: 'an address of 255 characters',
    body: person({ email: `${'a'.repeat(243)}@example.com` }),
    says: mistakes({
      '/candidate/email': 'email is longer than 254 octets, which no mail server accepts.',
    }),
  },
  {
    what: 'an empty address',
    body: person({ email: '' }),
    says: mistakes({ '/candidate/email': 'email must not be empty.' }),
  },
  {
    what: 'a locale that is none',
    body: person({ locale: 'zh_CN.UTF-8' }),
    says: mistakes({
      '/candidate/locale': 'locale is not written as expected: A language tag, such as zh-CN.',
    }),
  },
]
