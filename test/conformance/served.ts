import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Test } from 'tap'
import type { BadgeAnswer } from '../../schemas/badge.ts'
import type { Programme } from '../../schemas/programme.ts'
import { initKeyring, rotateKeyring } from '../../src/signing/change-keyring.ts'
import { examplesProgramme, get, type Started } from '../help/start.ts'

/** Whatever JSON holds: conformance tests judge shapes, so they take none for granted. */
export type Json = ReturnType<typeof JSON.parse>

/** What the official OB 2.0 validator asks for at every address (conformance 2.2). */
export const pythonAccept = 'application/ld+json, application/json, image/png, image/svg+xml'

/** The JSON at an address that must answer 200. */
export async function read(started: Started, address: string, accept?: string): Promise<Json> {
  const answer = await get(started, address, accept === undefined ? {} : { accept })
  if (answer.statusCode !== 200) throw new Error(`${address}: ${answer.statusCode} ${answer.body}`)
  return answer.json()
}

export async function readText(started: Started, address: string): Promise<string> {
  const answer = await get(started, address)
  if (answer.statusCode !== 200) throw new Error(`${address}: ${answer.statusCode}`)
  return answer.body
}

/** Every form of a badge that somebody may hold. */
export type Forms = {
  credential: string
  jwt: string
  jws: string
  png: Buffer
  svg: string
  svgOb2: string
  assertion: Json
}

export async function readForms(started: Started, { links }: BadgeAnswer): Promise<Forms> {
  return {
    credential: await readText(started, links.credential),
    jwt: await readText(started, links.credentialJwt),
    jws: await readText(started, links.assertionJws),
    png: (await get(started, links.bakedPng)).rawPayload,
    svg: await readText(started, links.bakedSvg),
    svgOb2: await readText(started, links.bakedSvgOb2),
    assertion: await read(started, links.assertion),
  }
}

/** The parts of a compact JWS, read without our code. */
export function splitJws(jws: string): { header: Json; payload: Json; signature: Buffer } {
  const [header = '', payload = '', signature = ''] = jws.split('.')
  const part = (text: string) => JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  return {
    header: part(header),
    payload: part(payload),
    signature: Buffer.from(signature, 'base64url'),
  }
}

/** The OB 2.0 objects that an assertion leads to, fetched as the official validator does. */
export async function readOb2(started: Started, assertion: Json) {
  const badgeClass = await read(started, assertion.badge, pythonAccept)
  const issuer = await read(started, badgeClass.issuer, pythonAccept)
  const key = await read(started, issuer.publicKey, pythonAccept)
  const revocations = await read(started, issuer.revocationList, pythonAccept)
  return { badgeClass, issuer, key, revocations }
}

/** Every object inside a document, itself first. */
export function objectsIn(document: Json): Json[] {
  if (document === null || typeof document !== 'object') return []
  const inner = Object.values(document).flatMap(objectsIn)
  return Array.isArray(document) ? inner : [document, ...inner]
}

/** Every string inside a document. */
export function stringsIn(document: Json): string[] {
  if (typeof document === 'string') return [document]
  if (document === null || typeof document !== 'object') return []
  return Object.values(document).flatMap(stringsIn)
}

/** A folder that is gone when the test ends. */
export function folder(t: Test): string {
  const path = mkdtempSync(join(tmpdir(), 'blazon-conformance-'))
  t.teardown(() => rmSync(path, { recursive: true, force: true }))
  return path
}

/** Settings for the sample programme with a change, its artwork beside it. */
export function changedProgramme(t: Test, change: (programme: Programme, dir: string) => void) {
  const dir = folder(t)
  cpSync(dirname(examplesProgramme), dir, { recursive: true })
  const file = join(dir, 'programme.json')
  const programme = JSON.parse(readFileSync(file, 'utf8')) as Programme
  change(programme, dir)
  writeFileSync(file, JSON.stringify(programme))
  return { PROGRAMME_FILE: file }
}

/** A fresh key ring, of keys that nobody else has. */
export async function freshKeys(t: Test): Promise<string> {
  const dir = folder(t)
  await initKeyring(dir, { now: '2026-11-01T00:00:00Z' })
  return dir
}

/** Rotates a ring that `freshKeys` made: `ed25519-2` and `rsa-2` sign now. */
export async function rotateKeys(dir: string): Promise<void> {
  await rotateKeyring(dir, { now: '2026-11-02T00:00:00Z' })
}
