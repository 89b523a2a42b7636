import { bulkOverHttp } from './bulk.ts'
import type { Side, Work } from './pairs.ts'
import { takeSamples } from './samples.ts'
import type { Blazon } from './scene.ts'
import { issueOverHttp, serving, verifyOverHttp } from './works.ts'

/** One side of each row that compares two Blazons, by the row's name. */
export async function usualSides(blazon: Blazon): Promise<Record<string, Side>> {
  const { badges, list, hidden } = await takeSamples(blazon, 16)
  const of = (form: 'assertion' | 'credential' | 'png' | 'page') => badges.map((each) => each[form])
  const pictures = of('png').map(({ bytes }) => bytes)
  return {
    'one result over HTTP, 1 connection': issueOverHttp(blazon, 1),
    'one result over HTTP, 16 connections': issueOverHttp(blazon, 16),
    'bulk results over HTTP': bulkOverHttp(blazon),
    'hosted assertion JSON': serving(blazon.port, of('assertion')),
    'credential JSON': serving(blazon.port, of('credential')),
    // It is signed again every few minutes; a signature may be a letter longer.
    'status list': serving(blazon.port, [list], { slack: 4 }),
    'baked PNG': serving(blazon.port, of('png')),
    'verify our baked PNG over HTTP, 4 connections': verifyOverHttp(blazon, pictures),
    'badge page (HTML)': serving(blazon.port, of('page'), { slack: 32 }),
    'not found: a private badge': serving(blazon.port, hidden, { status: 404 }),
  }
}

/** A row for each side of one Blazon, against the same of another. */
export function compared(
  ours: Record<string, Side>,
  theirs: Record<string, Side>,
  { words, yardstick }: { words: string; yardstick: string },
): Work[] {
  return Object.keys(ours).map((name) => ({
    name: `${name}, ${words}`,
    yardstick,
    sides: { ours: sideOf(ours, name), theirs: sideOf(theirs, name) },
  }))
}

/** The side of a row. */
export function sideOf(sides: Record<string, Side>, name: string): Side {
  const side = sides[name]
  if (!side) throw new Error(`there is no row ${name}`)
  return side
}
