import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { readAdapters } from '../../src/actions/tools/read-adapters.ts'
import { runJobs } from '../../src/main.ts'
import { Problem } from '../../src/problem.ts'
import { adaptersExample, start, withAdapters } from '../help/start.ts'

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

t.test(
  'an adapter that polls needs what its shape asks for, a safe address and a token',
  async (t) => {
    const dir = folder(t as Test)
    const { poll, ...rest } = JSON.parse(
      readFileSync(join(adaptersExample, 'kryterion.json'), 'utf8'),
    )
    const { resultId: _id, ...fields } = rest.fields
    const write = (name: string, changes: object) =>
      writeFileSync(join(dir, `${name}.json`), JSON.stringify({ ...rest, ...changes }))
    write('a', { fields, poll: { ...poll, pages: undefined, changed: undefined } })
    write('b', { poll: { ...poll, shape: 'certiverse' } })
    for (const [name, url] of Object.entries({
      c: 'http://kryterion.example.com/results',
      d: 'https://user:hunter2@kryterion.example.com/results',
      e: 'file:///etc/passwd',
      f: 'http://localhost.evil.example/',
    }))
      write(name, { poll: { ...poll, url, every: 'P1D' } })
    write('g', { poll: { ...poll, url: 'http://127.0.0.1:8080/results?x=1' } })
    const { errors } = await refusal(dir, [
      ['g', 'x'],
      ['z', 'x'],
    ])
    const url =
      'url is not written as expected: A full address that starts with https://, without a name or password; http only on this machine.'
    const every =
      'every is not written as expected: How often, in seconds, minutes or hours: PT30S, PT5M, PT1H.'
    t.same(errors, [
      ['a.json/fields/resultId', 'resultId is missing: say where it comes from.'],
      ['a.json/poll/changed', 'changed is missing: the shape kryterion needs it.'],
      ['a.json/poll/pages', 'pages is missing: the shape kryterion needs it.'],
      ['b.json/poll/cursor', 'cursor is missing: the shape certiverse needs it.'],
      ...['c', 'd', 'e', 'f'].flatMap((name) => [
        [`${name}.json/poll/url`, url],
        [`${name}.json/poll/every`, every],
      ]),
      ['ADAPTER_TOKENS', 'There is a token for z, and no adapter of that name that polls.'],
    ])
    rmSync(dir, { recursive: true })
    mkdirSync(dir)
    write('h', { poll })
    t.same((await refusal(dir)).errors, [['ADAPTER_TOKENS', 'There is no token for h.']])
  },
)

t.test(
  'the sample adapters are taken, and one that polls has its job from the start',
  async (t) => {
    const blazon = await runJobs(await start(t as Test, { settings: withAdapters, keepOpen: true }))
    const { adapters, db } = blazon.tools
    t.same([...adapters.keys()], ['certiverse', 'kryterion', 'pearson-vue', 'psi', 'xapi'])
    const jobs = await db.selectFrom('job').select('key').where('kind', '=', 'poll').execute()
    t.same(jobs.map(({ key }) => key).toSorted(), ['poll:certiverse', 'poll:kryterion'])
    await blazon.close()
  },
)
