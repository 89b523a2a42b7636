import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { drawForPrint } from '../../src/baking/for-print.ts'
import type { Certificate } from '../../src/drawing/certificate-facts.ts'

const folder = resolve(import.meta.dirname, '../../programme.example')
const artwork = (name: string, side: number) =>
  drawForPrint(readFileSync(join(folder, name), 'utf8'), { width: side, height: side })
const seal = await artwork('practitioner.svg', 200)
const signature = await artwork('signature.svg', 300)

export const now = '2026-11-22T04:00:00Z'

/** A certificate with all that one can have; `changes` replace facts. */
export function certificate(changes: Partial<Certificate> = {}): Certificate {
  return {
    lang: 'en',
    paper: 'a4',
    title: 'Northwind Cloud Practitioner: certificate of Wilhelmina Vandersloot',
    issuer: 'Northwind Cloud Certification',
    certifies: 'This certifies that',
    name: 'Wilhelmina Vandersloot',
    earned: 'has earned the certification',
    achievement: 'Northwind Cloud Practitioner',
    facts: [
      { label: 'Earned on', value: '22 November 2026' },
      { label: 'Valid until', value: '21 November 2028' },
      { label: 'Certification number', value: 'NWC-7K2M-94QX-3H' },
    ],
    seal: { png: seal, alt: 'Northwind Cloud Practitioner badge' },
    signatory: {
      name: 'Helena Marsh',
      title: 'Director of Certification',
      signature: { png: signature, alt: 'Signature of Helena Marsh' },
    },
    check: {
      address: 'https://badges.example.test/b/AAAAAAAAAAAAAAAAAAAAAA',
      words: 'Check that it still holds:',
      host: 'badges.example.test',
      alt: 'QR code of https://badges.example.test/b/AAAAAAAAAAAAAAAAAAAAAA',
    },
    credential: { file: 'credential.json', json: '{"a":"é"}', description: 'The credential' },
    signature: { signer: 'Northwind', field: 'Digital signature of Northwind' },
    ...changes,
  }
}
