import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { openDoors } from '../../bench/doors-scene.ts'

type Row = { name: string; ours: number; theirs: number; ratio: number }

const root = resolve(import.meta.dirname, '../..')

async function bench(...options: string[]) {
  const { stdout } = await promisify(execFile)(process.execPath, ['bench/run.ts', ...options], {
    cwd: root,
    timeout: 230_000,
  })
  return stdout
}

t.test('the benchmark measures every row of its table', { timeout: 240_000 }, async (t) => {
  const { rows } = JSON.parse(await bench('--quick', '--json')) as { rows: Row[] }
  t.same(
    rows.map(({ name }) => name),
    [
      'one result over HTTP, 1 connection',
      'one result over HTTP, 4 connections',
      'one result over HTTP, 16 connections',
      'bulk results over HTTP',
      'badge page during bulk results, 99 of 100',
      'hosted assertion JSON',
      'credential JSON',
      'status list',
      'baked PNG',
      'verify our baked PNG over HTTP, 4 connections',
      'verify our baked PNG in process',
      'bake one PNG',
      'badge page (HTML)',
      'not found: a private badge',
      'start to first answer',
      'memory at rest',
      'memory while importing 100,000 results',
    ],
  )
  for (const { name, ours, theirs, ratio } of rows)
    t.ok(
      [ours, theirs, ratio].every((value) => Number.isFinite(value) && value > 0),
      name,
    )
})

t.test('the rows with a word in their name are measured alone', { timeout: 60_000 }, async (t) => {
  const { rows } = JSON.parse(await bench('--quick', '--json', '--rows', 'not found')) as {
    rows: (Row & { floor: number; goal: number })[]
  }
  t.same(
    rows.map(({ name, floor, goal }) => [name, floor, goal]),
    [['not found: a private badge', 0.8, 0.95]],
  )
  await t.rejects(bench('--quick', '--rows', 'nothing'), /no row has nothing in its name/)
})

t.test('a Blazon with more badges stored is compared with one with 1,000', async (t) => {
  const { rows, growth } = JSON.parse(await bench('--quick', '--json', '--stored', '2000')) as {
    rows: Row[]
    growth: { badges: number; microseconds: number; bytes: number }[]
  }
  t.same(
    rows.map(({ name }) => name.replace(', with 2,000 badges', '')),
    [
      'one result over HTTP, 1 connection',
      'one result over HTTP, 16 connections',
      'bulk results over HTTP',
      'hosted assertion JSON',
      'credential JSON',
      'status list',
      'baked PNG',
      'verify our baked PNG over HTTP, 4 connections',
      'badge page (HTML)',
      'not found: a private badge',
      'hosted assertion JSON of 200 older badges',
      "holder's page of badges",
      "holder's page of badges",
      'bytes a badge on disk',
    ],
  )
  for (const { name, ratio } of rows) t.ok(ratio > 0, name)
  t.same(
    growth.map(({ badges }) => badges),
    [1000, 2000],
  )
  for (const { microseconds, bytes } of growth) t.ok(microseconds > 0 && bytes > 0)
})

t.test('a Blazon on PostgreSQL is compared with one on SQLite', { timeout: 240_000 }, async (t) => {
  const { rows } = JSON.parse(await bench('--quick', '--json', '--postgres')) as {
    rows: (Row & { floor?: number })[]
  }
  t.ok(rows.length >= 10, 'in every row of serving, and of results')
  for (const { name, ratio } of rows) {
    t.match(name, /, PostgreSQL$/)
    t.ok(ratio > 0, name)
  }
  t.equal(rows.find(({ name }) => name.startsWith('one result over HTTP, 16'))?.floor, 0.5)
})

t.test('the benchmark says how it is used', async (t) => {
  t.match(await bench('--help'), 'npm run bench')
})

t.test('bench:doors asks every public route', { timeout: 120_000 }, async (t) => {
  const scene = await openDoors(1)
  const routes = scene.routes.map(({ method, url }) => `${method} ${url}`)
  await scene.close()
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['bench/doors.ts', '--quick', '--json', '--listed', '20'],
    { cwd: root, timeout: 110_000 },
  )
  const { rows } = JSON.parse(stdout) as { rows: { name: string; status: number }[] }
  const names = new Set(rows.map(({ name }) => name))
  t.ok(routes.length > 90)
  for (const route of routes)
    t.ok(names.has(route) || route.startsWith('GET /assets/'), `${route} is asked`)
  t.same(
    rows.filter(({ status }) => status >= 500),
    [],
    'and none of them breaks',
  )
})
