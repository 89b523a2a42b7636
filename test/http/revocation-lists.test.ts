import { setImmediate } from 'node:timers/promises'
import type { Insertable } from 'kysely'
import t from 'tap'
import { revocationPage } from '../../src/actions/showing/show-revocation-list.ts'
import { writeRevocationList } from '../../src/credentials/open-badges-2.ts'
import { write1EdTechRevocationList } from '../../src/credentials/status-lists.ts'
import { addresses } from '../../src/domain/programme/addresses.ts'
import type { Db } from '../../src/storage/database.ts'
import type { Tables } from '../../src/storage/tables.ts'
import { onEachDatabase } from '../help/databases.ts'
import { change, get, issue, publicUrl, start } from '../help/start.ts'

const idOf = (number: number) => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`

/** What stays of revoked badges whose holders were erased: the shortest rows that are on both lists. */
async function fill(db: Db, from: number, to: number) {
  await db
    .insertInto('erased_result')
    .values({ mark: 'm', revision: 1, body_mark: 'b', erased_at: '2026-11-22T00:00:00Z' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const rows: Insertable<Tables['erased_credential']>[] = []
  for (let number = from; number < to; number += 1)
    rows.push({
      assertion_id: idOf(2 * number),
      credential_id: idOf(2 * number + 1),
      status_list: 1,
      status_index: 1_000_000 + number,
      status_method: '1EdTechRevocationList',
      assertion_key: 'rsa-1',
      revoked_class: 'withdrawn',
      result_mark: 'm',
    })
  for (let at = 0; at < rows.length; at += 500)
    await db
      .insertInto('erased_credential')
      .values(rows.slice(at, at + 500))
      .execute()
  await db
    .updateTable('status_list')
    .set((row) => ({ changes: row('changes', '+', 1) }))
    .execute()
}

onEachDatabase(
  t,
  'revocation lists are whole at every length, written as one, and others have their turn at each page',
  async (t, database) => {
    const blazon = await start(t, { database })
    await issue(blazon)
    const places = addresses(publicUrl)
    let filled = 0
    for (const length of [0, 1, 2, revocationPage, revocationPage + 1, 3 * revocationPage + 2]) {
      await fill(blazon.tools.db, filled, length)
      filled = length
      const revoked = (add: number) =>
        Array.from({ length }, (_, number) => ({
          id: idOf(2 * number + add),
          revokedClass: 'withdrawn' as const,
        }))
      let turns = 0
      let waiting = true
      const others = (async () => {
        while (waiting) {
          await setImmediate()
          turns += 1
        }
      })()
      const lists = [
        ['/ob2/rsa-1/revocations', writeRevocationList('rsa-1', revoked(0), places)],
        ['/status/revoked', write1EdTechRevocationList(revoked(1), places)],
      ] as const
      for (const [address, document] of lists) {
        turns = 0
        const answer = await get(blazon, address)
        t.equal(answer.body, JSON.stringify(document), `${address}, ${length}`)
        t.ok(
          turns >= 2 * Math.floor(length / revocationPage),
          `${address}, ${length}: ${turns} turns`,
        )
        t.equal((await get(blazon, address)).body, answer.body, 'and the same again')
      }
      waiting = false
      await others
    }
  },
)

onEachDatabase(
  t,
  'an assertion that is signed when its badge is revoked already comes on the list at once',
  async (t, database) => {
    const blazon = await start(t, { database })
    const badge = await issue(blazon)
    await change(blazon, badge.id, 'revoke', { class: 'withdrawn' })
    const list = async () =>
      (await get(blazon, '/ob2/rsa-1/revocations')).json().revokedAssertions as unknown[]
    t.same(await list(), [])
    const jws = await get(blazon, `${badge.links.page}/assertion.jws`)
    t.equal(jws.statusCode, 200)
    const { id } = JSON.parse(
      Buffer.from(jws.body.split('.')[1] ?? '', 'base64url').toString('utf8'),
    )
    t.match(await list(), [{ id }])
  },
)
