import { mistakes, type Row } from '../row.ts'
import { candidate, event, raw, without } from './messages.ts'

/** Messages whose fields are missing, unknown, or all of another type. */
export const rows: Row[] = [
  {
    what: 'every field of another type',
    body: {
      source: 1,
      resultId: 2,
      revision: '1',
      exam: [],
      outcome: true,
      score: 812,
      startedAt: 0,
      endedAt: {},
      scheduledAt: 1,
      occurredAt: 1,
      released: 'true',
      contentShown: 1,
      form: 1,
      delivery: 1,
      candidate: 'C-778',
    },
    says: mistakes({
      '/source': 'source must be a string.',
      '/resultId': 'resultId must be a string.',
      '/revision': 'revision must be a whole number.',
      '/exam': 'exam must be a string.',
      '/outcome':
        'outcome must be one of passed, failed, aborted, no-show, under-review, invalidated.',
      '/score': 'score must be a string.',
      '/startedAt': 'startedAt must be a string.',
      '/endedAt': 'endedAt must be a string.',
      '/scheduledAt': 'scheduledAt must be a string.',
      '/occurredAt': 'occurredAt must be a string.',
      '/released': 'released must be true or false.',
      '/contentShown': 'contentShown must be true or false.',
      '/form': 'form must be a string.',
      '/delivery': 'delivery must be a string.',
      '/candidate': 'candidate must be an object.',
    }),
  },
  {
    what: 'every field null',
    body: Object.fromEntries(Object.keys(event({})).map((name) => [name, null])),
    says: mistakes({
      '/source': 'source must be a string.',
      '/resultId': 'resultId must be a string.',
      '/revision': 'revision must be a whole number.',
      '/exam': 'exam must be a string.',
      '/outcome':
        'outcome must be one of passed, failed, aborted, no-show, under-review, invalidated.',
      '/score': 'score must be a string.',
      '/startedAt': 'startedAt must be a string.',
      '/endedAt': 'endedAt must be a string.',
      '/released': 'released must be true or false.',
      '/candidate': 'candidate must be an object.',
    }),
  },
  {
    what: 'a candidate whose every field is of another type',
    body: event({
      candidate: {
        id: 778,
        fullName: [],
        latinName: 1,
        givenName: 1,
        familyName: {},
        email: false,
        locale: 5,
      },
    }),
    says: mistakes({
      '/candidate/id': 'id must be a string.',
      '/candidate/fullName': 'fullName must be a string.',
      '/candidate/latinName': 'latinName must be a string.',
      '/candidate/givenName': 'givenName must be a string.',
      '/candidate/familyName': 'familyName must be a string.',
      '/candidate/email': 'email must be a string.',
      '/candidate/locale': 'locale must be a string.',
    }),
  },
  {
    what: 'an empty candidate',
    body: event({ candidate: {} }),
    says: mistakes({
      '/candidate/id': 'id is missing.',
      '/candidate/fullName': 'fullName is missing.',
      '/candidate/email': 'email is missing.',
    }),
  },
  {
    what: 'no source',
    body: without('source'),
    says: mistakes({ '/source': 'source is missing.' }),
  },
  {
    what: 'no resultId',
    body: without('resultId'),
    says: mistakes({ '/resultId': 'resultId is missing.' }),
  },
  {
    what: 'no revision',
    body: without('revision'),
    says: mistakes({ '/revision': 'revision is missing.' }),
  },
  { what: 'no exam', body: without('exam'), says: mistakes({ '/exam': 'exam is missing.' }) },
  {
    what: 'no outcome',
    body: without('outcome'),
    says: mistakes({ '/outcome': 'outcome is missing.' }),
  },
  {
    what: 'no released',
    body: without('released'),
    says: mistakes({ '/released': 'released is missing.' }),
  },
  {
    what: 'no candidate',
    body: without('candidate'),
    says: mistakes({ '/candidate': 'candidate is missing.' }),
  },
  {
    what: 'a pass without endedAt',
    body: without('endedAt'),
    says: mistakes({
      '/endedAt': 'endedAt is missing: a pass is valid from the moment the attempt ended.',
    }),
  },
  {
    what: 'fields that are not known',
    body: event({ grade: 'A', candidate: { ...candidate, phone: '1' } }),
    says: mistakes({
      '/grade': 'grade is not a known field; remove it.',
      '/candidate/phone': 'phone is not a known field; remove it.',
    }),
  },
  {
    what: 'a field whose name holds / and ~',
    body: event({ 'a/b~c': 1 }),
    says: mistakes({ '/a~1b~0c': 'a/b~c is not a known field; remove it.' }),
  },
  {
    what: 'a field with an empty name',
    body: event({ '': 1 }),
    says: mistakes({ '/': '"" is not a known field; remove it.' }),
  },
  {
    what: 'the field __proto__',
    body: raw('"__proto__":{"released":true}'),
    says: mistakes({ '/__proto__': '__proto__ is not a known field; remove it.' }),
  },
  {
    what: 'the fields constructor and toString',
    body: raw('"constructor":{"prototype":{}},"toString":1'),
    says: mistakes({
      '/constructor': 'constructor is not a known field; remove it.',
      '/toString': 'toString is not a known field; remove it.',
    }),
  },
]
