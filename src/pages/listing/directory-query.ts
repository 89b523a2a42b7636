import type { Search } from '../../domain/badge/directory.ts'

/** A search as the end of an address; nothing for the whole directory. */
export function queryOf(search: Search): string {
  const asked = new URLSearchParams(fieldsOf(search))
  return asked.size === 0 ? '' : `?${asked}`
}

/** What an address says of a search: what is not as it is without one. */
export function fieldsOf({ text, achievement, level, page }: Search): Record<string, string> {
  return {
    ...(text !== '' && { q: text }),
    ...(achievement !== '' && { achievement }),
    ...(level !== '' && { level }),
    ...(page > 1 && { page: String(page) }),
  }
}
