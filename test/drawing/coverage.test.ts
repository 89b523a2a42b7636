import { readFileSync } from 'node:fs'
import { create, type Font } from 'fontkit'
import t from 'tap'
import { familiesFor } from '../../src/drawing/fonts/families.ts'
import { charactersIn } from '../../src/drawing/fonts/woff2-characters.ts'

const families = new Set([...familiesFor('serif'), ...familiesFor('sans')])
/** Ends the segments of format 4, and is no character. */
const end = 0xffff

for (const { name, slices, file } of families)
  t.test(`the characters of ${name} are those that fontkit reads`, async (t) => {
    const all = slices()
    const some = all.filter((_, index) => index % Math.ceil(all.length / 5) === 0)
    for (const slice of some) {
      const bytes = readFileSync(file(slice.name, 500))
      const ours = charactersIn(bytes).flatMap(([first, last]) =>
        Array.from({ length: last - first + 1 }, (_, index) => first + index),
      )
      const theirs = new Set((create(bytes) as Font).characterSet)
      t.same(
        [...new Set(ours)].filter((each) => each !== end).toSorted((a, b) => a - b),
        [...theirs].filter((each) => each !== end).toSorted((a, b) => a - b),
        slice.name,
      )
    }
  })
