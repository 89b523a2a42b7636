import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import t from 'tap'

const root = resolve(import.meta.dirname, '..')

/** Reads the table "Who may import whom" of ARCHITECTURE.md: the page is the rule. */
function allowedImports() {
  const page =
    readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
      .split('### Who may import whom')[1]
      ?.split(/\n#+ /)[0] ?? ''
  const rows = page.matchAll(/^\| `([a-z.-]+)` \| ([^|]+) \|$/gm)
  return new Map(
    [...rows].map(([, room, allowed]) => [
      room ?? '',
      [...(allowed ?? '').matchAll(/`([a-z./-]+)`/g)].map(([, name]) => name ?? ''),
    ]),
  )
}

function files(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
}

const roomOf = (file: string) => {
  const [top, second = ''] = file.split('/')
  if (top === 'schemas') return 'schemas'
  return second
}

type Import = { file: string; target: string; typeOnly: boolean; text: string }

function importsOf(file: string): Import[] {
  const source = readFileSync(join(root, file), 'utf8')
  const atOnce = source.matchAll(/^(?:import|export)\s+(type\s+)?[^'"]*?from\s+'([^']+)'/gms)
  const late = source.matchAll(/\b()import\(\s*'([^']+)'\s*\)/g)
  return [...atOnce, ...late].map(([text, type, target = '']) => ({
    file,
    target: target.startsWith('.') ? relative(root, resolve(root, dirname(file), target)) : target,
    typeOnly: Boolean(type),
    text,
  }))
}

const sources = files('src')
const allowed = allowedImports()

t.test(
  'every room is in the table of ARCHITECTURE.md, and every room of the table exists',
  async (t) => {
    const rooms = new Set(sources.map(roomOf).filter((room) => room !== 'problem.ts'))
    t.same([...rooms].sort(), [...allowed.keys()].sort())
  },
)

t.test('no file imports from a room that its own may not know', async (t) => {
  const broken = sources
    .flatMap(importsOf)
    .filter(({ target }) => /^(src|schemas)\//.test(target))
    .flatMap(({ file, target, typeOnly }) => {
      const from = roomOf(file)
      const to = roomOf(target)
      const rights = allowed.get(from) ?? []
      if (from === 'problem.ts') return [`${file} may not import ${to}`]
      if (
        to === from ||
        to === 'problem.ts' ||
        rights.includes('everything') ||
        rights.includes(to)
      )
        return []
      if (to === 'schemas' && rights.includes('schemas/types') && typeOnly) return []
      if (
        to === 'schemas' &&
        rights.includes('schemas/contexts') &&
        target.startsWith('schemas/contexts/')
      )
        return []
      return [`${file} may not import ${to}`]
    })
  t.same(broken, [])
})

/** Reads the table "Inside the large rooms" of ARCHITECTURE.md: the sub-rooms of each room, lowest first. */
function subRooms() {
  const page =
    readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
      .split('### Inside the large rooms')[1]
      ?.split(/\n#+ /)[0] ?? ''
  const rows = page.matchAll(/^\| `([a-z]+)` \| ([^|]+) \|$/gm)
  return new Map(
    [...rows].map(([, room, order]) => [
      room ?? '',
      [...(order ?? '').matchAll(/`([a-z./-]+)`/g)].map(([, name]) => name ?? ''),
    ]),
  )
}

/** The place of a file in the order of its room; a file that is named itself stands where it is named. */
function placeOf(file: string, order: string[]): number {
  const within = file.split('/').slice(2).join('/')
  const named = order.indexOf(within)
  return named >= 0 ? named : order.indexOf(dirname(within))
}

t.test('inside a large room imports go to what is lower', async (t) => {
  const orders = subRooms()
  t.ok(orders.size >= 5)
  for (const [room, order] of orders) {
    const own = sources.filter((file) => roomOf(file) === room)
    t.same(
      own.filter((file) => placeOf(file, order) < 0),
      [],
      `${room}: every folder is in the table`,
    )
    const broken = own
      .flatMap(importsOf)
      .filter(({ target }) => target.startsWith(`src/${room}/`) && target.endsWith('.ts'))
      .filter(({ file, target }) => placeOf(target, order) > placeOf(file, order))
      .map(({ file, target }) => `${file} may not import ${target}`)
    t.same(broken, [], room)
  }
})

t.test('no imports go in a circle, those of types included', async (t) => {
  const targets = new Map(
    sources.map((file) => [file, importsOf(file).map(({ target }) => target)] as const),
  )
  const done = new Set<string>()
  const circles: string[] = []
  const walk = (file: string, path: string[]) => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '))
    else if (!done.has(file)) {
      for (const target of targets.get(file) ?? []) walk(target, [...path, file])
      done.add(file)
    }
  }
  for (const file of sources) walk(file, [])
  t.same(circles, [])
})

t.test('no folder of src has more than 25 files', async (t) => {
  const counts = Map.groupBy(sources, (file) => dirname(file))
  t.same(
    [...counts].filter(([, own]) => own.length > 25).map(([folder, own]) => [folder, own.length]),
    [],
  )
})

t.test('nothing imports http but main.ts', async (t) => {
  const broken = sources
    .flatMap(importsOf)
    .filter(({ file, target }) => target.startsWith('src/http/') && !file.startsWith('src/http/'))
  t.same(
    broken.map(({ file }) => file).filter((file) => file !== 'src/main.ts'),
    [],
  )
})

t.test('only config.ts and the demo read the environment', async (t) => {
  const readers = sources.filter((file) =>
    /process\.env/.test(readFileSync(join(root, file), 'utf8')),
  )
  t.same(readers.sort(), ['src/commands/demo.ts', 'src/config.ts'])
})

t.test(
  'the clock and chance come in by the front door: only opening.ts and commands make them',
  async (t) => {
    const rooms = sources.filter(
      (file) =>
        !/^src\/(opening\.ts|commands\/)/.test(file) && file !== 'src/signing/change-keyring.ts',
    )
    const broken = rooms.filter((file) =>
      /Date\.now\(|new Date\(\)|Math\.random\(|randomBytes|randomUUID|Temporal\.Now/.test(
        readFileSync(join(root, file), 'utf8'),
      ),
    )
    t.same(broken, [])
  },
)

t.test('only signing reads private keys', async (t) => {
  const broken = sources.filter(
    (file) =>
      !file.startsWith('src/signing/') &&
      /createPrivateKey|importPKCS8|generateKeyPair|createSign\b/.test(
        readFileSync(join(root, file), 'utf8'),
      ),
  )
  t.same(broken, [])
})

t.test('only storage speaks SQL', async (t) => {
  const broken = sources.filter(
    (file) =>
      !file.startsWith('src/storage/') &&
      importsOf(file).some(({ target }) => ['kysely', 'pg', 'node:sqlite'].includes(target)),
  )
  t.same(broken, [])
})

t.test(
  'files are named in kebab-case, and no drawer is called utils, helpers, common, types, index, service or manager',
  async (t) => {
    const broken = [...sources, ...files('schemas')].filter((file) => {
      const name = file.split('/').at(-1) ?? ''
      return (
        !/^[a-z0-9-]+(\.d)?\.ts$/.test(name) ||
        /^(utils|helpers|common|types|index|service|manager)\b/.test(name)
      )
    })
    t.same(broken, [])
  },
)
