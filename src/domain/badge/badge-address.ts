import { type FileForm, fileForms, isNamed, isPicture } from './badge-files.ts'

const forms = [...fileForms.filter((form) => !isNamed(form)), 'card.png', 'signature.png'].map(
  (form) => form.replaceAll('.', '\\.'),
)
const page = new RegExp(`^/b/([\\w-]{22})(?:\\.json|/(${forms.join('|')}))?$`)
const frame = /^\/embed\/([\w-]{22})$/
const assertion = /^\/ob2\/assertions\/([\w-]{22})$/

/** A longer address is no badge's, of ours or of others, and costs too much to parse (in characters). */
export const longestAddress = 8192

export type BadgeAddress = {
  at: { slug: string } | { hostedId: string }
  /** What a share link adds to the address of a page or a form of it. */
  share?: string
  /** Whether the address is of a file, which a share link may leave out. */
  isFile: boolean
}

/**
 * The badge that an address of ours is of, by the rules that its routes answer by: host without regard to case, the scheme's own port
 * or none, percent-encoded letters, any query and fragment; nothing for an address that no route of a badge's answers.
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

/** A share link opens the page, its JSON, pictures and files; nothing that is drawn for networks. One that is said twice is none. */
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
