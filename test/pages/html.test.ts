import t from 'tap'
import { Html, html } from '../../src/pages/kit/html.ts'
import { link, mailLink, picture, webAddress } from '../../src/pages/kit/links.ts'

t.test('what somebody typed is printed as text, never read as markup', (t) => {
  const typed = `<script>alert("1 & 2")</script>'`
  t.equal(
    html`<p title="${typed}">${typed}</p>`.text,
    '<p title="&lt;script&gt;alert(&quot;1 &amp; 2&quot;)&lt;/script&gt;&#39;">&lt;script&gt;alert(&quot;1 &amp; 2&quot;)&lt;/script&gt;&#39;</p>',
  )
  t.end()
})

t.test('markup inside markup is printed once, and lists are joined without commas', (t) => {
  const items = ['a', '<b>'].map((item) => html`<li>${item}</li>`)
  t.equal(html`<ul>${items}</ul>`.text, '<ul><li>a</li><li>&lt;b&gt;</li></ul>')
  t.equal(html`${new Html('<i>')}${0}`.text, '<i>0')
  t.end()
})

t.test('what is absent prints nothing', (t) => {
  t.equal(html`[${undefined}${false}]`.text, '[]')
  t.end()
})

t.test('a template keeps a backslash sequence as the character it means', (t) => {
  t.equal(html`a\n`.text, 'a\n')
  t.end()
})

t.test('only addresses of the web become links or pictures', (t) => {
  for (const url of [
    'javascript:alert(1)',
    'data:text/html,x',
    ' JaVaScRiPt:alert(1)',
    '/here',
    '',
  ]) {
    t.equal(webAddress(url), undefined, url)
    t.equal(link(url, 'text').text, 'text')
    t.equal(picture(url, 'alt', 10).text, '')
  }
  t.equal(
    link('https://a.example/?x=1&y="', 'A').text,
    '<a href="https://a.example/?x=1&amp;y=&quot;">A</a>',
  )
  t.end()
})

t.test('a mail address cannot add headers to the mail it starts', (t) => {
  t.match(mailLink('a@b.example?bcc=c@d.example').text, 'href="mailto:a@b.example%3Fbcc%3D')
  t.end()
})
