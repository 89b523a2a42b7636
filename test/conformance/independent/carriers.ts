import { bakePng } from '../../../src/baking/png.ts'
import { bakeSvgAssertion, bakeSvgCredential } from '../../../src/baking/svg.ts'
import type { Started } from '../../help/start.ts'
import { textIn } from '../extracted.ts'
import type { Form, Texts } from './forged.ts'
import { verifiers } from './verifiers.ts'

/** The plain pictures that forged texts are baked into. */
export type Art = { png: Buffer; svg: string }

type Carrier = {
  /** Which texts it holds. */
  forms: Form[]
  type: string
  pack: (texts: Texts, art: Art) => string | Buffer
}

/** Every file that a badge may come in. */
export const carriers: Record<string, Carrier> = {
  'credential.json': {
    forms: ['credential'],
    type: 'application/vc+ld+json',
    pack: ({ credential }) => credential,
  },
  'credential.jwt': { forms: ['jwt'], type: 'text/plain', pack: ({ jwt }) => jwt },
  'assertion.jws': { forms: ['jws'], type: 'text/plain', pack: ({ jws }) => jws },
  'badge.png': {
    forms: ['credential', 'jws'],
    type: 'image/png',
    pack: ({ credential, jws }, { png }) =>
      bakePng(png, { openbadges: jws, openbadgecredential: credential }),
  },
  'badge.svg': {
    forms: ['credential'],
    type: 'image/svg+xml',
    pack: ({ credential }, { svg }) => bakeSvgCredential(svg, { json: credential }),
  },
  'badge-ob2.svg': {
    forms: ['jws'],
    type: 'image/svg+xml',
    pack: ({ jws }, { svg }) => bakeSvgAssertion(svg, { jws }),
  },
}

/** The texts in a file, found without our code. */
function unpack(file: string | Buffer, { forms, type }: Carrier): Partial<Texts> {
  const [form] = forms
  if (typeof file === 'string' && type !== 'image/svg+xml') return form ? { [form]: file } : {}
  const picture = typeof file === 'string' ? { svg: file } : { png: file }
  const credential = textIn(picture, 'openbadgecredential')
  const jws = textIn(picture, 'openbadges')
  return { ...(credential && { credential }), ...(jws && { jws }) }
}

/** What `POST /v1/verify` says of a file. */
export async function judgedByUs({ app }: Started, file: string | Buffer, { type }: Carrier) {
  const headers = { 'content-type': type }
  const answer = await app.inject({ method: 'POST', url: '/v1/verify', headers, payload: file })
  return answer.json()
}

/** What each independent verifier says of each text in a file: `accepts`, or why not. */
export async function judgedByOthers(started: Started, file: string | Buffer, carrier: Carrier) {
  const verdicts: Record<string, string> = {}
  for (const [form, text] of Object.entries(unpack(file, carrier)))
    for (const [name, verify] of Object.entries(verifiers[form as Form])) {
      const mistakes = await verify(started, text)
      verdicts[`${name} on the ${form}`] = mistakes.join('; ') || 'accepts'
    }
  return verdicts
}
