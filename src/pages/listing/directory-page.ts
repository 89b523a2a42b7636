import type { ListedBadge } from '../../../schemas/profile.ts'
import type { IssuerView } from '../../../schemas/view.ts'
import type { Search } from '../../domain/badge/directory.ts'
import type { Words } from '../../words/words.ts'
import { directoryStylePath } from '../assets.ts'
import { type Html, html } from '../kit/html.ts'
import { layout } from '../kit/layout.ts'
import { fieldsOf, queryOf } from './directory-query.ts'
import { listedBadges } from './listed-badges.ts'

type Choice = { id: string; name: string }

export type DirectoryFacts = {
  search: Search
  badges: ListedBadge[]
  more: boolean
  issuer: IssuerView
  achievements: Choice[]
  levels: Choice[]
}

/** The directory: badges whose holders want them to be found, twenty a page, with a search. */
export function directoryPage(facts: DirectoryFacts, t: Words): string {
  const { search, issuer } = facts
  const query = queryOf(search)
  const title = t.say('directory.title')
  return layout(
    {
      title: `${title} · ${issuer.name}`,
      issuerName: issuer.name,
      indexable: query === '',
      sheet: directoryStylePath,
      again: { query: fieldsOf(search) },
      head: html`<meta name="description" content="${t.say('directory.description', { issuer: issuer.name })}">
<link rel="alternate" type="application/feed+json" href="/directory/feed.json${query}" title="${title} · ${issuer.name}">
`,
      body: html`<div class="opening wide"><h1>${title}</h1>
<p class="lead">${t.say('directory.lead', { issuer: issuer.name })}</p>
${searchForm(facts, t)}</div>
<div class="wide results">${results(facts, t)}</div>
<div class="wide after text"><p class="note">${t.say('directory.yours')} <a href="/my/badges">${t.say('directory.yours.link')}</a></p></div>`,
    },
    t,
  )
}

function searchForm({ search, achievements, levels }: DirectoryFacts, t: Words): Html {
  return html`<form class="search" method="get" action="/directory" role="search">
<div class="field"><label for="q">${t.say('directory.search')}</label>
<input id="q" type="search" name="q" value="${search.text}" maxlength="100" autocomplete="off"></div>
${choice('achievement', t.say('directory.achievement'), achievements, search.achievement, t)}${choice('level', t.say('directory.level'), levels, search.level, t)}<button class="button" type="submit">${t.say('directory.find')}</button>
</form>
`
}

function choice(name: string, label: string, options: Choice[], chosen: string, t: Words): Html {
  const all = [{ id: '', name: t.say('directory.any') }, ...options]
  const items = all.map(
    (each) =>
      html`<option value="${each.id}"${each.id === chosen && html` selected`}>${each.name}</option>`,
  )
  return html`<div class="field"><label for="${name}">${label}</label>
<select id="${name}" name="${name}">${items}</select></div>
`
}

function results({ search, badges, more }: DirectoryFacts, t: Words): Html {
  const whole = queryOf({ ...search, page: 1 }) === ''
  if (badges.length === 0) return nothing({ whole, page: search.page }, t)
  const steps = [
    search.page > 1 && step(search, -1, 'prev', t.say('directory.previous')),
    more && step(search, 1, 'next', t.say('directory.next')),
  ]
  return html`<h2>${t.say(whole ? 'directory.newest' : 'directory.found')}</h2>
${listedBadges(badges, { named: true }, t)}
${steps.some(Boolean) && html`<nav class="actions" aria-label="${t.say('directory.pages')}">${steps}</nav>\n`}`
}

function step(search: Search, by: number, rel: string, label: string): Html {
  const query = queryOf({ ...search, page: search.page + by })
  return html`<a class="button second" rel="${rel}" href="/directory${query}">${label}</a>`
}

function nothing({ whole, page }: { whole: boolean; page: number }, t: Words): Html {
  if (whole && page === 1) return html`<p>${t.say('directory.empty')}</p>`
  return html`<p>${t.say('directory.none')} <a href="/directory">${t.say('directory.all')}</a></p>`
}
