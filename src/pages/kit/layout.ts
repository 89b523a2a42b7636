import { languagesOf, type Part } from '../../words/languages.ts'
import type { Words } from '../../words/words.ts'
import { fontPaths, languagesStylePath, stylePath } from '../assets.ts'
import { type Html, html } from './html.ts'

export type Page = {
  title: string
  /** The site's issuer. Pages that must be alike everywhere leave it out. */
  issuerName?: string
  indexable?: boolean
  /** Whether the reader is signed in. If so, the page begins with the link to their badges. */
  signedIn?: boolean
  head?: Html
  /** A stylesheet besides that of every page. */
  sheet?: string
  /**
   * The catalogue part that the page needs: only languages that have all of it are offered. Without one, languages that
   * have everything.
   */
  part?: Part
  /** The page's address in another language when it is not its own, with the query that it needs. */
  again?: { path?: string; query?: Record<string, string> }
  /** A bar across the whole page before the content: the verdict. */
  bar?: Html
  body: Html
}

/** One whole document: the frame of every page, with this page's content. */
export function layout(page: Page, t: Words): string {
  return html`<!DOCTYPE html>
<html lang="${t.lang}" dir="${t.dir}">
<head>
<meta charset="utf-8">
<title>${page.title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${page.indexable !== true && html`<meta name="robots" content="noindex">\n`}${page.head}<link rel="icon" href="/favicon.svg" type="image/svg+xml">
${fontPaths.map((path) => html`<link rel="preload" href="${path}" as="font" type="font/woff2" crossorigin>\n`)}<link rel="stylesheet" href="${stylePath}">
${t.lang !== 'en' && html`<link rel="stylesheet" href="${languagesStylePath}">\n`}${page.sheet && html`<link rel="stylesheet" href="${page.sheet}">\n`}</head>
<body>
<header class="site"><div class="wide"><a href="/">${page.issuerName === undefined ? t.say('site.name') : html`<bdi>${page.issuerName}</bdi>`}</a>${
    page.signedIn &&
    html`<nav aria-label="${t.say('site.yours')}"><a href="/my/badges">${t.say('site.badges')}</a> <a href="/my/account">${t.say('site.account')}</a></nav>`
  }</div></header>
<main>
${page.bar}${page.body}
</main>
<footer class="site"><div class="wide"><nav aria-label="${t.say('site.about')}"><a href="/help">${t.say('site.help')}</a> <a href="/privacy">${t.say('site.privacy')}</a> <a href="/docs">${t.say('site.documentation')}</a></nav>
${otherLanguages(page, t)}<p>${t.say('site.madeWith')}</p></div></footer>
</body>
</html>
`.text
}

/** Links to the page in other languages, each by its own name. */
function otherLanguages({ part, again = {} }: Page, t: Words): Html | undefined {
  const others = languagesOf(part).filter(({ lang }) => lang !== t.lang)
  if (others.length === 0) return undefined
  const links = others.map(({ lang, dir, say }) => {
    const query = new URLSearchParams({ ...again.query, lang })
    return html`<a href="${again.path ?? ''}?${query.toString()}" lang="${lang}"${dir !== t.dir && html` dir="${dir}"`}>${say('language.name')}</a> `
  })
  return html`<nav aria-label="${t.say('site.languages')}">${links}</nav>
`
}

/** A part of a page: its heading in the margin, its text in the main column. */
export function part(id: string, heading: string, body: Html | Html[]): Html {
  return html`<section class="part wide" aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>
<div class="text">${body}</div></section>
`
}

/** Facts as pairs of a term and its value. */
export function facts(pairs: [string, Html][]): Html {
  return html`<dl class="facts">${pairs.map(
    ([term, fact]) => html`<div><dt>${term}</dt><dd>${fact}</dd></div>\n`,
  )}</dl>`
}

/** Each text as a paragraph. */
export function lines(texts: string[]): Html[] {
  return texts.map((text) => html`<p>${text.trim()}</p>\n`)
}
