import { HtmlValidate } from 'html-validate'
import t from 'tap'
import { rest } from '../help/share.ts'
import { componentPages } from './components.ts'
import { ownPages } from './own-pages.ts'
import { foreignPages } from './pages-of-languages.ts'
import { samplePages } from './sample-pages.ts'

const validator = new HtmlValidate({ extends: ['html-validate:recommended'] })

const all = { ...samplePages, ...ownPages, ...componentPages, ...foreignPages }

for (const [name, page] of Object.entries(all)) {
  const to = name in foreignPages ? rest(t) : t
  to.test(`the page ${name} is valid, accessible markup`, async (t) => {
    const report = await validator.validateString(page)
    const found = report.results.flatMap(({ messages }) => messages)
    t.same(
      found.map(({ ruleId, message, line }) => `${line}: ${ruleId}: ${message}`),
      [],
    )
  })

  t.test(`the page ${name} runs no script of others and carries no style of its own`, (t) => {
    // Pages that show an address to be copied or shared have scripts, from this site. A block of data is run by no browser.
    const scripts = page.includes('data-copy')
      ? page.replaceAll(
          /<script src="\/assets\/(?:copy|share)-\w+\.js"(?: data-copied="[^"]+")? defer><\/script>/g,
          '',
        )
      : page
    const own = scripts.replace(/<script type="application\/ld\+json">[^<]*<\/script>/, '')
    t.notMatch(own, /<script|<style|\sstyle=|\son\w+=|javascript:/i)
    t.end()
  })

  t.test(`the page ${name} leads to the help and to the privacy page`, (t) => {
    t.match(page, /<footer[\s\S]*href="\/help"[\s\S]*href="\/privacy"[\s\S]*<\/footer>/)
    t.end()
  })

  t.test(`the page ${name} reserves the place of every picture`, (t) => {
    const pictures = page.match(/<img[^>]*>/g) ?? []
    const jumping = pictures.filter((tag) => !/alt="[^"]*" width="\d+" height="\d+"/.test(tag))
    t.same(jumping, [])
    t.end()
  })
}
