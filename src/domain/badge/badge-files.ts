/** The sides, in pixels, of the square pictures of a badge. */
export const pictureSizes = [1200, 600, 400, 192, 96] as const
export type PictureForm = `picture-${(typeof pictureSizes)[number]}.png`

/** The signed forms of a credential that are files. */
export const signedForms = [
  'badge.png',
  'badge.svg',
  'badge-ob2.svg',
  'credential.json',
  'credential.jwt',
  'assertion.jws',
] as const
export type SignedForm = (typeof signedForms)[number]

export const pictureForms: readonly PictureForm[] = pictureSizes.map(
  (size) => `picture-${size}.png` as const,
)

/** The forms that name the holder, in Open Badges 3.0 alone: for the owner only (privacy, what is in a file). */
export const namedForms = [
  'named-badge.png',
  'named-credential.json',
  'named-credential.jwt',
] as const
export type NamedForm = (typeof namedForms)[number]

/** Every form at a badge's own address. */
export const fileForms = [...signedForms, 'picture.png', ...pictureForms, ...namedForms] as const
export type FileForm = (typeof fileForms)[number]

/** The side of a picture form, in pixels. */
export function sizeOf(form: PictureForm): number {
  return Number(form.replace(/\D/g, ''))
}

export function isPicture(form: FileForm): form is PictureForm | 'picture.png' {
  return form.startsWith('picture')
}

export function isNamed(form: FileForm): form is NamedForm {
  return form.startsWith('named-')
}

/** The files of a badge that a person can download. */
export type TakenFile = FileForm | 'certificate.pdf' | 'files.zip'

type Facts = { achievement: { id: string; name: string }; certificationNumber: string }

/**
 * The name of a downloaded file: `northwind-cloud-practitioner-NWC-AXBX-X2FA-PA.png`. It says what was earned and which
 * file this is, and never names the holder.
 */
export function fileName(facts: Facts, form: TakenFile): string {
  return `${stemOf(facts)}${endings[form] ?? `-${form}`}`
}

const endings: Partial<Record<TakenFile, string>> = {
  'badge.png': '.png',
  'badge.svg': '.svg',
  'badge-ob2.svg': '-ob2.svg',
  'credential.json': '.json',
  'credential.jwt': '.jwt',
  'assertion.jws': '.jws',
  'named-badge.png': '-with-name.png',
  'named-credential.json': '-with-name.json',
  'named-credential.jwt': '-with-name.jwt',
  'certificate.pdf': '-certificate.pdf',
  'files.zip': '.zip',
}

/** If the achievement's name is not Latin, its id stands in: ids are ASCII. */
function stemOf({ achievement, certificationNumber }: Facts): string {
  const plain = achievement.name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const words = plain.match(/[a-z0-9]+/g) ?? []
  const isLatin = /^[\p{Script=Latin}\p{N}\p{P}\p{S}\s]*$/u.test(plain) && words.length > 0
  return `${isLatin ? words.join('-').slice(0, 80) : achievement.id}-${certificationNumber}`
}
