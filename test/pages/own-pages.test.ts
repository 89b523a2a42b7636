import t from 'tap'
import { maskEmail } from '../../src/pages/my/kit/mask-email.ts'
import { claim, files as filesOf, myBadge, ownPages } from './own-pages.ts'
import { ownBadges } from './own-views.ts'

/** What a page says, without its markup. */
const words = (page = '') =>
  page
    .replace(/^[\s\S]*<main>|<\/main>[\s\S]*$/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
const forms = (page = '') => page.match(/<form[\s\S]*?<\/form>/g) ?? []
const privacyOf = (page: string) => forms(page).find((each) => each.includes('/privacy"')) ?? ''

t.test('every form of every page is a POST to this site and carries the token', (t) => {
  const all = Object.values(ownPages).flatMap(forms)
  for (const form of all) {
    t.match(form, /^<form class="\w+" method="post" action="\/[\w/-]+">/)
    t.match(form, '<input type="hidden" name="form" value="a-token-of-the-form">')
  }
  t.ok(all.length > 60)
  t.end()
})

t.test('the claim page asks one question, with the programme’s answer preselected', (t) => {
  const page = claim(ownBadges.open)
  t.equal(forms(page).length, 2)
  t.equal(page.match(/name="answer" value="(?:private|link|public)"/g)?.length, 3)
  t.match(page, 'name="answer" value="link" checked')
  t.equal(page.match(/ checked>/g)?.length, 1)
  t.match(
    words(page),
    'Maria Ferreira · earned on 22 November 2026 · valid until 22 November 2028 · number NW-7K4M-92QD . You can change',
  )
  t.match(words(claim(ownBadges.private)), 'What they read: no name · earned on')
  t.end()
})

t.test('declining is an answer of its own, behind a fold that says what it means', (t) => {
  const page = claim(ownBadges.open)
  const fold = /<details>[\s\S]*<\/details>/.exec(page)?.[0]
  t.match(fold, 'name="answer" value="decline"')
  t.notMatch(page.replace(fold ?? '', ''), 'decline')
  t.match(words(page), /It stays valid\. You can change your mind for 30 days\./)
  t.end()
})

t.test('a link that is over offers a new one; an unknown one tells of no address', (t) => {
  t.match(ownPages['claim link, over'], 'action="/claim/q0dSvTjy3bqzMn2nqvLx8g/again"')
  t.match(ownPages['sign-in link, over'], 'action="/sign-in/q0dSvTjy3bqzMn2nqvLx8g/again"')
  for (const name of ['claim link, unknown', 'sign-in link, unknown', 'address link, unknown']) {
    t.notMatch(ownPages[name], '@', name)
    t.equal(forms(ownPages[name]).length, 0, name)
  }
  t.end()
})

t.test('an address is masked so that only its owner reads it', (t) => {
  t.equal(maskEmail('zhang.wei@example.com'), 'z…i@example.com')
  t.equal(maskEmail('a@example.com'), 'a…@example.com')
  t.equal(maskEmail('ab@example.com'), 'a…@example.com')
  t.equal(maskEmail('"odd@name"@example.com'), '"…"@example.com')
  t.end()
})

t.test('each badge tells what was made of it, and its state where it is not valid', (t) => {
  const page = words(ownPages['my badges'])
  for (const said of [
    'Public · 2 share links · valid until 22 November 2028',
    'Waiting for you · valid until 22 November 2028 Claim it',
    'Declined · you can change your mind until 22 December 2026',
    'By link only · 19 share links · valid until',
    'Private · valid until',
    'Public Expired on 14 March 2026',
    'Public Status under review',
    'Public No longer valid since 3 May 2026',
  ])
    t.ok(page.includes(said), said)
  t.match(words(ownPages['my badges, none']), 'There are no badges under your addresses yet.')
  t.end()
})

t.test(
  'only a claimed badge has controls; a declined one can be claimed while there is time',
  (t) => {
    const controls = /action="\/my\/badges\/[\w-]+\/(?:privacy|links)"/
    t.match(myBadge({}), controls)
    for (const badge of [ownBadges.open, ownBadges.declined, ownBadges['declined long ago']])
      t.notMatch(myBadge({ badge }), controls)
    t.match(myBadge({ badge: ownBadges.open }), /action="[^"]*\/claim"[\s\S]*value="decline"/)
    t.match(myBadge({ badge: ownBadges.declined }), /\/claim"/)
    t.notMatch(myBadge({ badge: ownBadges.declined }), 'value="decline"')
    const over = myBadge({ badge: ownBadges['declined long ago'], naming: undefined })
    t.equal(forms(over).length, 0)
    t.end()
  },
)

t.test('the privacy form has what is set now, and names as they would be printed', (t) => {
  const page = myBadge({ badge: { ...ownBadges.private, discoverable: false, showExpired: false } })
  const form = privacyOf(page)
  t.match(form, 'name="visibility" value="private" checked')
  t.match(form, 'name="nameDisplay" value="hidden" checked')
  t.equal(form.match(/ checked>/g)?.length, 2)
  t.match(words(form), /Maria Ferreira Your full name M\. F\. Your initials No name/)
  const other = privacyOf(myBadge({}))
  t.match(other, /name="discoverable" checked[\s\S]*name="showExpired" checked/)
  const { expiresOn: _, ...endless } = ownBadges.public.view
  t.notMatch(myBadge({ badge: { ...ownBadges.public, view: endless } }), 'showExpired')
  t.end()
})

t.test(
  'a share link says what it shows, how often, how long, and can be revoked by its name',
  (t) => {
    const page = myBadge({})
    t.match(
      words(page),
      'Application at Contoso until 22 December 2026 · opened 3 times · last on 23 November 2026 · shows your full name Revoke',
    )
    t.match(words(page), 'not opened yet')
    t.match(page, 'aria-label="Revoke the link “Application at Contoso”"')
    const full = myBadge({ badge: ownBadges['with twenty links'] })
    t.match(words(full), 'You have 20 links, which is the most.')
    t.notMatch(full, 'name="label"')
    t.match(words(full), /number 6 of a long list Over/)
    t.match(words(full), 'opened 3 of 10 times')
    t.end()
  },
)

t.test('the address of a new link is on the page that made it only', (t) => {
  for (const [name, page] of Object.entries(ownPages))
    t.equal(/share=/.test(page), /, link made$/.test(name), name)
  t.end()
})

t.test('a page has a script only where something can be copied or shared', (t) => {
  for (const [name, page] of Object.entries(ownPages)) {
    t.equal(/\/copy-\w+\.js/.test(page), page.includes('data-copy'), name)
    t.equal(/\/share-\w+\.js/.test(page), page.includes('data-share'), name)
    t.equal(page.includes('<script'), page.includes('data-copy'), name)
  }
  t.end()
})

t.test('every file can be downloaded; the hosted copy is offered only while it is public', (t) => {
  const { links } = ownBadges.private.view
  const page = filesOf({ badge: ownBadges.private })
  const { page: _, assertion, ...files } = links
  for (const address of Object.values(files)) t.match(page, `href="${address}" download`)
  t.notMatch(page, assertion)
  t.notMatch(page, `href="${links.page}"`)
  t.match(filesOf({}), assertion)
  t.match(words(page), 'somebody who guesses your address can test the guess')
  t.match(words(filesOf({ emailHash: false })), 'Nothing in them is made from your e-mail address.')
  t.match(words(page), 'cannot be called back')
  t.end()
})

t.test('the history is told to its owner, the last first', (t) => {
  const page = words(myBadge({}))
  t.match(
    page,
    /15 November 2026 The programme made it private\. 14 November 2026 You made it public\. You chose to show your initials\. You let people find it\./,
  )
  t.match(page, /11 November 2026 You claimed it\. You let only people with a link see it\. 10 /)
  t.end()
})

t.test('what people typed is text, in its own direction', (t) => {
  const names = { full: '<b>محمد</b>', initials: null, hidden: null }
  const label = '"><script>alert(1)</script>'
  const [link] = ownBadges.public.shareLinks
  const badge = { ...ownBadges.public, names, shareLinks: link ? [{ ...link, label }] : [] }
  for (const page of [myBadge({ badge }), claim(badge)]) {
    t.match(page, '<bdi>&lt;b&gt;محمد&lt;/b&gt;</bdi>')
    t.notMatch(page, '<script>')
  }
  t.end()
})

t.test('the main address cannot be removed, nor the session that asks be ended as another', (t) => {
  const page = ownPages.account ?? ''
  t.notMatch(page, 'aria-label="Remove maria.ferreira@example.com"')
  t.match(page, /aria-label="Remove m\.ferreira\.de/)
  t.equal(page.match(/action="\/my\/sessions\/end"/g)?.length, 2)
  t.match(page, 'name="id" value="others"')
  t.end()
})

t.test('erasing keeps signed copies unless asked otherwise, and asks to be sure', (t) => {
  const [form = ''] = forms(ownPages.erase)
  t.match(form, 'name="copies" value="keep" checked')
  t.match(form, 'type="checkbox" name="sure" required')
  t.match(words(ownPages.erase), 'Solutions Architect Associate, NW-7K4M-92QD : the badge')
  t.notMatch(ownPages.erased, 'My badges')
  t.end()
})

t.test('a mistake is an alert and comes first; what was done is a status', (t) => {
  t.match(
    ownPages['sign in, mistaken'],
    /<main>\s*<div class="notices wide"><div class="notice bad" role="alert">/,
  )
  t.match(
    ownPages['my badge, saved'],
    /<main>\s*<div class="notices wide"><div class="notice valid" role="status">/,
  )
  t.end()
})

t.test('the names of formats are behind folds, so that nobody has to know them', (t) => {
  for (const [name, page] of Object.entries(ownPages)) {
    const open = words(page.replaceAll(/<details>.*?<\/details>/gs, ''))
    t.notMatch(open, /\bJWS\b|\bJWT\b|\bJSON\b|\bSVG\b|assertion/i, name)
  }
  t.end()
})

t.test(
  'a badge that was renewed leads to the newer one, and does not ask for another pass',
  (t) => {
    const old = myBadge({ badge: ownBadges.renewed })
    t.match(words(old), 'You renewed it: see the newer badge , valid until 22 November 2028')
    t.match(old, 'href="/my/badges/b2"')
    t.notMatch(words(old), 'Passing again')
    t.match(words(myBadge({ badge: ownBadges.expired })), 'Passing again')
    t.match(myBadge({ badge: ownBadges.renewal }), 'href="/my/badges/b1"')
    t.end()
  },
)

t.test('making the first link of a private badge says beforehand what it opens', (t) => {
  const said = 'The first link opens it to people who have a link'
  t.match(words(myBadge({ badge: ownBadges.private })), said)
  t.notMatch(words(myBadge({})), said)
  t.end()
})
