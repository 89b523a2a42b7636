import t from 'tap'
import { gonePage } from '../../src/pages/badge/gone-page.ts'
import { notConfirmedPage } from '../../src/pages/badge/not-confirmed-page.ts'
import { english } from '../../src/words/words.ts'
import { badge, gone } from './sample-views.ts'

t.test('the page of a revoked badge says since when and for what, in the programme’s zone', (t) => {
  const page = gonePage(gone, english)
  t.match(page, '<p class="verdict-words">No longer valid since 3 May 2026</p>')
  t.match(page, '<h1>Solutions Architect Associate</h1>')
  t.match(page, 'The issuer has corrected the result that this badge was based on.')
  t.match(page, '<meta name="robots" content="noindex">')
  t.end()
})

t.test(
  'the page of a revoked badge prints no holder, number or file, even if it is handed them',
  (t) => {
    const page = gonePage({ ...badge, ...gone, links: { ...badge.links, ...gone.links } }, english)
    t.notMatch(page, /Maria|Ferreira|NW-7K4M/)
    t.notMatch(page, /badge\.png|badge\.svg|credential|assertion/)
    t.end()
  },
)

t.test('without a public reason the page invents none', (t) => {
  const { reason: _, ...silent } = gone
  t.match(gonePage(silent, english), 'The issuer has not published a reason.')
  t.end()
})

t.test('every badge that cannot be shown has the same page, with the agreed sentence', (t) => {
  t.equal(notConfirmedPage.length, 1, 'it takes nothing but the language')
  t.equal(notConfirmedPage(english), notConfirmedPage(english))
  t.match(
    notConfirmedPage(english),
    'We cannot confirm a badge at this address. It may be private, removed, or never have existed. Treat it as not verified.',
  )
  t.end()
})
