import { type FileForm, fileForms, isNamed, isPicture } from './badge-files.ts'

const forms = [...fileForms.filter((form) => !isNamed(form)), 'card.png', 'signature.png'].map(
  (form) => form.replaceAll('.', '\\.'),
)
const page = new RegExp(`^/b/([\\w-]{22})(?:\\.json|/(${forms.join('|')}))?$`)
const frame = /^\/embed\/([\w-]{22})$/
const assertion = /^\/ob2\/assertions\/([\w-]{22})$/

/** In characters. A longer address is no badge's, of this site or another, and costs too much to parse. */
export const longestAddress = 8192

export type BadgeAddress = {
  at: { slug: string } | { hostedId: string }
  /** The secret that a share link adds to the address of a page or a form. */
  share?: string
  /** Whether the address is that of a file. A share link may exclude files. */
  isFile: boolean
}

/**
 * The badge behind an address of this site, by the rules of its routes: host in any case, the scheme's own port or
 * none, percent-encoded letters, any query and fragment. Undefined for an address that no route of a badge answers.
 */
export function badgeAddress(origin: string, address: string): BadgeAddress | undefined {
  const url = address.length > longestAddress ? null : URL.parse(address)
  const path = url?.origin === new URL(origin).origin ? decode(url.pathname) : ''
  const [, slug, form] = page.exec(path) ?? []
  if (slug !== undefined) return { at: { slug }, ...shareOf(url, form), isFile: isFile(form) }
  const framed = frame.exec(path)?.[1]
  if (framed !== undefined) return { at: { slug: framed }, isFile: false }
  const hostedId = assertion.exec(path)?.[1]
  return hostedId === undefined ? undefined : { at: { hostedId }, isFile: false }
}

/**
 * A share link opens the page, its JSON, pictures and files, but not previews for networks. A repeated `share` counts
 * as none.
 */
function shareOf(url: URL | null, form: string | undefined) {
  const [share, ...more] = url?.searchParams.getAll('share') ?? []
  const opens = form === undefined || fileForms.includes(form as FileForm)
  return opens && share !== undefined && more.length === 0 ? { share } : {}
}

function isFile(form: string | undefined): boolean {
  return fileForms.includes(form as FileForm) && !isPicture(form as FileForm)
}

function decode(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return ''
  }
}
