import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { readAdapters } from '../../src/actions/read-adapters.ts'
import { Problem } from '../../src/problem.ts'
import { adaptersExample } from '../help/start.ts'

function folder(t: Test) {
  const path = mkdtempSync(join(tmpdir(), 'blazon-adapters-'))
  t.teardown(() => rmSync(path, { recursive: true, force: true }))
  return path
}

async function refusal(adaptersDir: string, tokens: [string, string][] = []) {
  try {
    await readAdapters({ adaptersDir, adapterTokens: new Map(tokens) })
    return { detail: 'They were taken.', errors: [] }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return {
      detail: error.message,
      errors: error.errors.map(({ path, message }) => [path, message]),
    }
  }
}

t.test('every mistake of every mapping file is told at once', async (t) => {
  const dir = folder(t as Test)
  cpSync(join(adaptersExample, 'psi.json'), join(dir, 'psi.json'))
  cpSync(join(adaptersExample, 'samples'), join(dir, 'samples'), { recursive: true })
  writeFileSync(join(dir, 'a.json'), '{"source":')
  writeFileSync(
    join(dir, 'b.json'),
    JSON.stringify({ source: 'B!', fields: { frobnicate: {} }, csv: { delimiter: '::' } }),
  )
  writeFileSync(
    join(dir, 'c.json'),
    JSON.stringify({
      source: 'c',
      fields: {
        exam: { from: 'Exam', value: 'X' },
        outcome: { from: 'Grade', values: { 'A/B': 'great' } },
        released: { value: 'maybe', orFrom: 'x' },
        'candidate.id': {},
        'candidate.fullName': { from: 'Name' },
      },
      dates: { format: 'dd.MM.yyyy' },
    }),
  )
  writeFileSync(
    join(dir, 'D E.json'),
    JSON.stringify({ source: 'd', fields: {}, dates: { timeZone: 'Mars/Olympus' } }),
  )
  const { detail, errors } = await refusal(dir, [['psi', 'x']])
  t.equal(detail, `The mapping files in ${dir} cannot be used.`)
  const missing = (name: string) => `${name} is missing: say where it comes from.`
  t.same(errors, [
    ['D E.json/', 'The file’s name must be lower-case letters, digits and hyphens.'],
    ...['exam', 'outcome', 'released', 'candidate.id', 'candidate.fullName', 'candidate.email'].map(
      (name) => [`D E.json/fields/${name}`, missing(name)],
    ),
    ['D E.json/dates/timeZone', 'Mars/Olympus is not an IANA time zone, such as Asia/Shanghai.'],
    ['a.json/', 'The file is not JSON: Unexpected end of JSON input.'],
    [
      'b.json/source',
      'source is not written as expected: Lower-case letters, digits, dots and hyphens; at most 64.',
    ],
    ['b.json/fields/frobnicate', 'frobnicate is not a known field; remove it.'],
    ['b.json/csv/delimiter', 'delimiter must be one of ,, ;, |, \t.'],
    ['c.json/fields/exam', 'exam must have either from or value.'],
    [
      'c.json/fields/outcome/values/A~1B',
      'great is none of passed, failed, aborted, no-show, under-review, invalidated.',
    ],
    ['c.json/fields/released', 'released has a value for all; remove orFrom and values.'],
    ['c.json/fields/released/value', 'maybe is none of true, false.'],
    ['c.json/fields/candidate.id', 'candidate.id must have either from or value.'],
    ['c.json/fields/candidate.email', missing('candidate.email')],
    [
      'c.json/dates/format',
      'format must have yyyy, MM or MMM, dd, HH (or hh with a) and mm, such as dd-MMM-yyyy HH:mm.',
    ],
    ['c.json/dates/timeZone', 'timeZone is missing: dates of that format bear no offset.'],
    ['ADAPTER_TOKENS', 'There is a token for psi, and no adapter of that name that polls.'],
  ])
})

t.test('no folder is no adapters, and one that is not there is told', async (t) => {
  t.equal((await refusal('')).detail, 'They were taken.')
  t.equal(
    (await refusal('/nowhere')).detail,
    'The folder /nowhere cannot be read. Check ADAPTERS_DIR.',
  )
})
