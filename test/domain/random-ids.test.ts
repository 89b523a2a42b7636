import { randomBytes } from 'node:crypto'
import t from 'tap'
import { drawnAhead, internalId, uuid } from '../../src/domain/work/random-ids.ts'

t.test('internal ids are in the order of their instants; ids that others see say no time', (t) => {
  const instants = [
    '2026-11-22T04:00:00.000Z',
    '2026-11-22T04:00:00.001Z',
    '2031-01-01T00:00:00.000Z',
  ]
  const ids = instants.map((instant) => internalId(randomBytes, instant))
  t.same(ids.toSorted(), ids)
  for (const id of ids)
    t.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  t.match(
    uuid(randomBytes),
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  )
  t.end()
})

t.test('randomness that is drawn ahead is given out once, in any sizes', (t) => {
  let next = 0
  const counted = drawnAhead((bytes) => {
    const drawn = Buffer.alloc(bytes)
    for (let at = 0; at + 4 <= bytes; at += 4) drawn.writeUInt32BE(next++, at)
    return drawn
  })
  const seen = new Set<number>()
  for (const bytes of [16, 4, 4080, 32, 8192, 16, 4096, 4]) {
    const given = Buffer.from(counted(bytes))
    t.equal(given.length, bytes)
    for (let at = 0; at < bytes; at += 4) seen.add(given.readUInt32BE(at))
  }
  t.equal(seen.size, (16 + 4 + 4080 + 32 + 8192 + 16 + 4096 + 4) / 4)
  t.end()
})
