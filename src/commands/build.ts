import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import standaloneCode from 'ajv/dist/standalone/index.js'
import { build, type Plugin } from 'esbuild'
import { compiler } from '../../schemas/check-of.ts'
import { Programme } from '../../schemas/programme.ts'
import { bundles, digestOf, freshBundle, record, root, sources, stampOf } from '../bundle.js'
import { Settings } from '../settings.ts'
import { KeyringFile } from '../signing/keyring-file.ts'

/** A running Blazon loads parts of its bundle late, so each bundle has a folder of its own, and so many stay. */
const keptBundles = 3

/** Makes one file of the thousand modules that a start loads, unless there is one of these sources. */
async function bundleSources() {
  if (freshBundle()) return
  const names = sources()
  const [stamp, digest] = [stampOf(names), digestOf(names)]
  const folder = join(bundles, digest.slice(0, 16))
  mkdirSync(bundles, { recursive: true })
  await build({
    entryPoints: [`${root}src/main.ts`],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'esnext',
    plugins: [compiledSchemas, inPlace],
    // Packages that are CommonJS require modules of Node.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    logLevel: 'error',
  })
  // Changed meanwhile: the next start makes another.
  if (stampOf(sources()) !== stamp) return
  const written = `${record}.${process.pid}`
  writeFileSync(written, JSON.stringify({ stamp, digest, file: join(folder, 'main.mjs') }))
  renameSync(written, record)
  for (const old of olderBundles()) rmSync(old, { recursive: true, force: true })
}

function olderBundles(): string[] {
  return readdirSync(bundles, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(bundles, name))
    .map((folder) => ({ folder, made: statSync(folder).mtimeMs }))
    .toSorted((one, other) => other.made - one.made)
    .slice(keptBundles)
    .map(({ folder }) => folder)
}

/** A source finds its files and threads from where it is, and a package that it imports late stays a package. */
const inPlace: Plugin = {
  name: 'in-place',
  setup: (steps) => {
    steps.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8')
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path))),
    }))
    steps.onResolve({ filter: /^[^.]/ }, ({ kind, importer }) =>
      kind === 'dynamic-import' && importer.endsWith('.ts') ? { external: true } : null,
    )
  },
}

/** The schemas that each start checks something against are compiled now: that takes as long as a tenth of a start. */
const compiledSchemas: Plugin = {
  name: 'compiled-schemas',
  setup: (steps) => {
    steps.onLoad({ filter: /[\\/]schemas[\\/]compiled\.ts$/ }, () => {
      const schemas = { Settings, Programme, KeyringFile }
      const names = Object.keys(schemas)
      const ajv = compiler({ source: true, esm: true })
      for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(schema, name)
      const code = standaloneCode.default(
        ajv,
        Object.fromEntries(names.map((name) => [name, name])),
      )
      return { contents: `${code}\nexport const compiled = { ${names} }` }
    })
  },
}

await bundleSources()
