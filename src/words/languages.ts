import { readdirSync, readFileSync } from 'node:fs'
import { type Catalogue, english, type Words, wordsIn } from './words.ts'

/**
 * The parts of the site that a language may have without the rest, by the first names of their messages: the badge page
 * with its checks, the pages for claiming a badge, and the certificate.
 */
export const parts = {
  badge: ['language', 'site', 'verdict', 'check', 'badge', 'document', 'gone', 'notConfirmed'],
  claim: [
    'language',
    'site',
    'claim',
    'declined',
    'visibility',
    'link',
    'signIn',
    'state',
    'badge',
  ],
  certificate: ['language', 'certificate', 'badge', 'verdict'],
} as const
export type Part = keyof typeof parts

/** Every language with a catalogue, English first. Each is one file in this folder, named by its tag. */
export const languages: readonly Words[] = [english, ...others()]

function others(): Words[] {
  return readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.json') && name !== 'en.json')
    .toSorted()
    .map((name) => {
      const text = readFileSync(`${import.meta.dirname}/${name}`, 'utf8')
      return wordsIn(name.replace('.json', ''), JSON.parse(text) as Catalogue)
    })
}

/** The languages that have all messages of a part; without a part, of everything. */
export function languagesOf(part?: Part): readonly Words[] {
  return languages.filter((words) => saysAll(words, part))
}

const complete = new Map<string, boolean>()

function saysAll(words: Words, part?: Part): boolean {
  const key = `${words.lang} ${part}`
  const known = complete.get(key)
  if (known !== undefined) return known
  const first: readonly string[] | undefined = part && parts[part]
  const asked = english.all.filter((word) => !first || first.includes(word.split('.')[0] ?? ''))
  const says = asked.every((word) => words.all.includes(word))
  complete.set(key, says)
  return says
}

/** The first wanted language that has all of a part: by its tag, else by the tag's language alone; else English. */
export function chooseLanguage(wanted: readonly string[], part?: Part): Words {
  const there = languagesOf(part)
  for (const tag of wanted) {
    const exact = there.find(({ lang }) => lang.toLowerCase() === tag.toLowerCase())
    const found = exact ?? there.find(({ lang }) => primary(lang) === primary(tag))
    if (found) return found
  }
  return english
}

const primary = (tag: string) => tag.split('-')[0]?.toLowerCase()
