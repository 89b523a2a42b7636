import t from 'tap'
import type { ExamResult } from '../../schemas/exam-result.ts'
import { openSession } from '../../src/actions/holders/sign-in.ts'
import { acceptExamResult } from '../../src/actions/intake/accept-exam-result.ts'
import { showFile } from '../../src/actions/showing/show-files.ts'
import { shapeText, textOf } from '../../src/storage/credential-texts.ts'
import { inTransaction } from '../../src/storage/database.ts'
import { onEachDatabase } from '../help/databases.ts'
import { get, issue, passEvent, post, type Started, start } from '../help/start.ts'
import { dieAtEachStep, fused } from './die-at-each-step.ts'

const slugOf = ({ links }: { links: { page: string } }) => links.page.split('/').at(-1) ?? ''

/** The holder, signed in. */
async function owner({ tools }: Started) {
  const { email = '' } = passEvent().candidate
  const { accountId } = await inTransaction(tools.db, (db) =>
    openSession({ ...tools, db }, { email, agent: 'Firefox' }),
  )
  return { viewer: 'public', accountId } as const
}

const credentials = ({ tools }: Started, badgeId: string) =>
  tools.db
    .selectFrom('credential')
    .select(['kind', 'holder_name', 'data_integrity', 'replaced_at', 'revoked_class', shapeText])
    .where('badge_id', '=', badgeId)
    .where('kind', '=', 'named')
    .execute()

onEachDatabase(
  t,
  'a crash at any step of the first file with a name leaves none or one that is signed, and the same bytes for ever',
  async (t, database) => {
    const first = await start(t, { database, keepOpen: true })
    const badge = await issue(first)
    const visitor = await owner(first)
    await first.close()
    const seen = new Set<string>()
    const slug = slugOf(badge)
    const rounds = await dieAtEachStep(
      t,
      database,
      async (started, fuse) => {
        const file = await showFile(fused(started, fuse), slug, 'named-credential.json', visitor)
        if (file.kind === 'hidden') throw new Error('the file is hidden')
        seen.add(String(file.bytes))
      },
      async (next, round) => {
        const rows = await credentials(next, badge.id)
        t.ok(rows.length < 2, `round ${round}: at most one`)
        for (const row of rows) {
          const bytes = textOf(row)
          t.ok(bytes, `round ${round}: it is signed`)
          seen.add(bytes ?? '')
        }
      },
    )
    t.ok(rounds > 10, `died at ${rounds - 1} steps`)
    t.equal(seen.size, 1, 'what was answered is what is on record')
  },
)

onEachDatabase(
  t,
  'a crash at any step of correcting a name leaves the old file or the new one standing, never both and never none',
  async (t, database) => {
    const correction = (round: number) => {
      const candidate = { ...passEvent().candidate, id: `N-${round}`, fullName: '張偉' }
      return passEvent({ resultId: `N-${round}`, revision: 2, candidate }) as ExamResult
    }
    const badges: string[] = []
    await dieAtEachStep(
      t,
      database,
      async (started, fuse, round) => {
        const candidate = { ...passEvent().candidate, id: `N-${round}` }
        const badge = await issue(started, { resultId: `N-${round}`, candidate })
        badges[round] = badge.id
        const visitor = await owner(started)
        await showFile(started.tools, slugOf(badge), 'named-credential.json', visitor)
        const tools = fused(started, fuse)
        await acceptExamResult(tools, { message: correction(round), actor: 'test' })
      },
      async (next, round) => {
        const id = badges[round] ?? ''
        const { full_name: name } = await next.tools.db
          .selectFrom('badge')
          .select('full_name')
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
        const standing = async () =>
          (await credentials(next, id))
            .filter(({ revoked_class }) => revoked_class === null)
            .map(({ holder_name }) => holder_name)
        t.same(await standing(), [name], `round ${round}: file and record say one name`)
        const { status } = await post(next, correction(round))
        t.equal(status, 200)
        t.same(await standing(), ['張偉'], `round ${round}: the retry ends in the corrected one`)
        t.equal((await get(next, '/livez')).statusCode, 200)
      },
    )
  },
)
