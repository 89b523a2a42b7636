import t from 'tap'
import { badgePageType, credentialType, objectType, pageType } from '../../src/http/negotiation.ts'

const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'
const validator = 'application/ld+json, application/json, image/png, image/svg+xml'

t.test('2.1 2.2 2.3 object addresses answer JSON-LD unless HTML outranks it', async (t) => {
  const cases: [string | undefined, string][] = [
    [undefined, 'application/ld+json'],
    ['', 'application/ld+json'],
    ['*/*', 'application/ld+json'],
    [validator, 'application/ld+json'],
    ['application/json', 'application/json'],
    ['application/json, text/plain, */*', 'application/ld+json'],
    ['application/ld+json;q=0, application/json', 'application/json'],
    [browser, 'text/html'],
    ['text/html', 'text/html'],
    ['text/html, */*', 'application/ld+json'],
    ['text/html, application/json', 'application/json'],
    ['text/html;q=0.9, application/json;q=0.8', 'text/html'],
    ['image/png', 'application/ld+json'],
    ['TEXT/HTML;Q=1.0', 'text/html'],
    ['text/html;q=banana', 'application/ld+json'],
  ]
  for (const [accept, type] of cases) t.equal(objectType(accept), type, accept ?? 'no header')
})

t.test('a page is HTML to everybody who does not name JSON', async (t) => {
  const cases: [string | undefined, string][] = [
    [undefined, 'text/html'],
    ['*/*', 'text/html'],
    [browser, 'text/html'],
    ['application/json', 'application/json'],
    ['application/ld+json', 'application/json'],
    ['application/json, */*;q=0.5', 'application/json'],
    ['text/html, application/json', 'text/html'],
    ['text/html;q=0.5, application/json', 'application/json'],
    ['application/json;q=0', 'text/html'],
  ]
  for (const [accept, type] of cases) t.equal(pageType(accept), type, accept ?? 'no header')
})

t.test('the address of a badge page answers with the document whose type is named', async (t) => {
  const cases: [string | undefined, string][] = [
    [undefined, 'text/html'],
    ['*/*', 'text/html'],
    ['application/*', 'text/html'],
    [browser, 'text/html'],
    ['text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2', 'application/ld+json'],
    ['application/json', 'application/json'],
    ['application/json, */*;q=0.5', 'application/json'],
    ['application/ld+json', 'application/ld+json'],
    [
      'application/ld+json; profile="http://www.w3.org/ns/json-ld#compacted"',
      'application/ld+json',
    ],
    ['application/json, application/ld+json', 'application/ld+json'],
    ['application/json, application/ld+json;q=0.9', 'application/json'],
    ['application/vc', 'application/vc'],
    ['application/vc+ld+json', 'application/vc+ld+json'],
    ['application/vc+ld+json, application/ld+json', 'application/vc+ld+json'],
    ['application/vc+ld+json;q=0.5, application/ld+json', 'application/ld+json'],
    ['application/vc;q=0, application/json', 'application/json'],
    [validator, 'application/ld+json'],
    ['text/html, application/ld+json', 'text/html'],
    ['text/html;q=0.5, application/vc', 'application/vc'],
    ['application/ld+json;q=0', 'text/html'],
  ]
  for (const [accept, type] of cases) t.equal(badgePageType(accept), type, accept ?? 'no header')
})

t.test('14.1 a credential is served under the name that the client takes', async (t) => {
  t.equal(credentialType(undefined), 'application/vc+ld+json')
  t.equal(credentialType('application/vc'), 'application/vc')
  t.equal(credentialType('application/json'), 'application/json')
  t.equal(credentialType(validator), 'application/ld+json')
})
