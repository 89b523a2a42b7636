import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Test } from 'tap'
import type { Programme } from '../../schemas/programme.ts'
import { examplesProgramme } from './start.ts'

/** Copies the sample programme with its pictures, changed by `edit`. Returns the file. */
export function changedProgramme(t: Test, edit: (programme: Programme) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'blazon-programme-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(dirname(examplesProgramme), folder, { recursive: true })
  const file = join(folder, 'programme.json')
  const programme = JSON.parse(readFileSync(file, 'utf8')) as Programme
  edit(programme)
  writeFileSync(file, JSON.stringify(programme))
  return file
}
