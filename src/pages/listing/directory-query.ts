import type { Search } from '../../domain/badge/directory.ts'

/** A search as the query of an address; empty for the whole directory. */
export function queryOf(search: Search): string {
  const asked = new URLSearchParams(fieldsOf(search))
  return asked.size === 0 ? '' : `?${asked}`
}

/** The fields of a search that differ from the default. */
export function fieldsOf({ text, achievement, level, page }: Search): Record<string, string> {
  return {
    ...(text !== '' && { q: text }),
    ...(achievement !== '' && { achievement }),
    ...(level !== '' && { level }),
    ...(page > 1 && { page: String(page) }),
  }
}
