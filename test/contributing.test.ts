import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'

const root = resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const guides = ['CONTRIBUTING.md', 'SECURITY.md', '.github/pull_request_template.md']

t.test('every file that the guides name is there', async (t) => {
  const missing = guides.flatMap((guide) =>
    [...read(guide).matchAll(/`((?:src|schemas|test|bench|docs)\/[\w./-]+)`|\]\(([\w./-]+)\)/g)]
      .map(([, quoted, linked]) => quoted ?? linked ?? '')
      .filter((path) => !existsSync(join(root, path)))
      .map((path) => `${guide}: ${path}`),
  )
  t.same(missing, [])
})

t.test('every file that a recipe names has what the recipe looks for', async (t) => {
  const named = [...read('CONTRIBUTING.md').matchAll(/`([\w./-]+\.(?:ts|json))` \(`([^`]+)`\)/g)]
  t.ok(named.length >= 15, 'the recipes are read')
  const missing = named
    .filter(([, file = '', has = '']) => !existsSync(join(root, file)) || !read(file).includes(has))
    .map(([text]) => text)
  t.same(missing, [])
})

t.test('every npm command that the guides name is one', async (t) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const missing = guides.flatMap((guide) =>
    [...read(guide).matchAll(/npm run ([\w:-]+)/g)]
      .map(([, name]) => name ?? '')
      .filter((name) => !scripts[name]),
  )
  t.same(missing, [])
})

t.test('there is a recipe for everything that is often added', async (t) => {
  const recipes = [...read('CONTRIBUTING.md').matchAll(/^\*\*(An? [\w ]+)\*\*/gm)]
  t.same(
    recipes.map(([, name]) => name),
    ['A route', 'A mail', 'A language', 'A check of the verifier', 'A migration', 'An adapter'],
  )
})
