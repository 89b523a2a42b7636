import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where Blazon is, with a slash. */
export const root = fileURLToPath(new URL('../', import.meta.url))

/** Where bundles are kept; beside the code, as `compiled.js` explains. */
export const bundles = `${root}node_modules/.cache/blazon-bundle`

/** The file that names the newest bundle. */
export const record = `${bundles}/newest.json`

/**
 * The file of the bundle that was made of the sources and packages as they are; undefined if there is none. What nobody
 * has touched is not read again. JavaScript, for the reason that `compiled.js` gives.
 *
 * @returns {string | undefined}
 */
export function freshBundle() {
  try {
    const { stamp, digest, file } = JSON.parse(readFileSync(record, 'utf8'))
    const names = sources()
    const fresh = stamp === stampOf(names) || digest === digestOf(names)
    return fresh && existsSync(file) ? file : undefined
  } catch {
    return undefined
  }
}

/** The sources, and the list of installed packages. */
export function sources() {
  const written = ['src', 'schemas'].flatMap((folder) =>
    readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|js|json)$/.test(name))
      .map((name) => `${folder}/${name}`),
  )
  return [...written.sort(), 'node_modules/.package-lock.json']
}

/**
 * Equal while no source is changed, copied or touched.
 *
 * @param {string[]} names
 */
export function stampOf(names) {
  const stamps = names.map((name) => {
    const { size, mtimeMs, ctimeMs } = statSync(root + name)
    return `${name} ${size} ${mtimeMs} ${ctimeMs}`
  })
  return hashOf([root, ...stamps])
}

/**
 * Equal for equal sources.
 *
 * @param {string[]} names
 */
export function digestOf(names) {
  return hashOf([root, ...names.flatMap((name) => [name, readFileSync(root + name)])])
}

/** @param {(string | Buffer)[]} parts */
function hashOf(parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length} `).update(part)
  return hash.digest('hex')
}
