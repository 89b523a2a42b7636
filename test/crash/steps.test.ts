import t from 'tap'
import type { ExamResult } from '../../schemas/exam-result.ts'
import { acceptArrived } from '../../src/actions/intake/accept-arrived.ts'
import { assertionJws, credentialJwt } from '../../src/actions/issuing/signed-forms.ts'
import { revokeBadge } from '../../src/actions/operating/revoke-badge.ts'
import { findShown } from '../../src/actions/showing/show-badge.ts'
import { onEachDatabase } from '../help/databases.ts'
import { rest } from '../help/share.ts'
import { change, get, issue, passEvent, post, type Started, start } from '../help/start.ts'
import { dieAtEachStep, fused } from './die-at-each-step.ts'

const message = (round: number) =>
  passEvent({
    resultId: `R-${round}`,
    candidate: { ...passEvent().candidate, id: `C-${round}` },
  }) as ExamResult

async function badgesOf({ tools }: Started, resultId: string) {
  return tools.db
    .selectFrom('badge')
    .select(['id', 'issued_at', 'slug'])
    .where('result_id', '=', resultId)
    .execute()
}

onEachDatabase(
  t,
  'a crash at any step of accepting and issuing ends, after a restart and the exam system’s retry, with exactly one badge',
  async (t, database) => {
    const rounds = await dieAtEachStep(
      t,
      database,
      (started, fuse, round) =>
        acceptArrived(fused(started, fuse), { message: message(round), actor: 'test' }),
      async (next, round) => {
        const kept = await next.tools.db
          .selectFrom('result_message')
          .select('revision')
          .where('result_id', '=', `R-${round}`)
          .execute()
        const before = await badgesOf(next, `R-${round}`)
        t.equal(
          before.length,
          kept.length,
          `round ${round}: a kept message has its badge after the restart, a lost one has none`,
        )
        t.ok(
          before.every((badge) => badge.issued_at !== null),
          `round ${round}: nothing is left half-issued`,
        )
        const { status, body } = await post(next, message(round))
        t.equal(
          status,
          kept.length === 0 ? 201 : 200,
          `round ${round}: the retry is the first only if nothing was kept`,
        )
        t.equal(body.result.state, 'issued')
        const badges = await badgesOf(next, `R-${round}`)
        t.equal(badges.length, 1, `round ${round}: one badge`)
        await change(next, badges[0]?.id ?? '', 'privacy', { visibility: 'public' })
        const page = await get(next, `/b/${badges[0]?.slug}`)
        t.equal(page.statusCode, 200, `round ${round}: its page answers`)
      },
    )
    t.ok(rounds > 20, `died at ${rounds - 1} different steps`)
  },
)

onEachDatabase(
  t,
  'a crash at any step of the first JWS and JWT leaves one form of each, and the same bytes for ever',
  async (t, database) => {
    const first = await start(t, { database, keepOpen: true })
    await issue(first)
    await first.close()
    const seen = new Set<string>()
    let slug = ''
    await dieAtEachStep(
      t,
      database,
      async (started, fuse) => {
        const [badge] = await badgesOf(started, 'R-2026-000123')
        slug = badge?.slug ?? ''
        const tools = fused(started, fuse)
        const found = await findShown(tools, { slug }, { viewer: 'public' })
        if (found.kind === 'hidden') throw new Error('the badge is hidden')
        await assertionJws(tools, found)
        await credentialJwt(tools, found)
      },
      async (next) => {
        const row = await next.tools.db
          .selectFrom('credential')
          .select(['assertion_jws', 'credential_jwt'])
          .executeTakeFirstOrThrow()
        for (const bytes of [row.assertion_jws, row.credential_jwt]) if (bytes) seen.add(bytes)
      },
    )
    t.equal(seen.size, 2, 'one JWS and one JWT, however often it died')
  },
)

onEachDatabase(
  rest(t),
  'a crash at any step of revoking leaves the badge wholly valid or wholly revoked',
  async (t, database) => {
    await dieAtEachStep(
      t,
      database,
      async (started, fuse, round) => {
        const badge = await issue(started, {
          resultId: `V-${round}`,
          candidate: { ...passEvent().candidate, id: `V-${round}` },
        })
        await revokeBadge(fused(started, fuse), {
          id: badge.id,
          revocation: { class: 'withdrawn' },
          actor: 'test',
        })
      },
      async (next, round) => {
        const [badge] = await badgesOf(next, `V-${round}`)
        const row = await next.tools.db
          .selectFrom('badge')
          .innerJoin('credential', 'credential.badge_id', 'badge.id')
          .select(['badge.revoked_at', 'credential.revoked_class'])
          .where('badge.id', '=', badge?.id ?? '')
          .executeTakeFirstOrThrow()
        const trail = await next.tools.db
          .selectFrom('audit')
          .select('id')
          .where('subject', '=', badge?.id ?? '')
          .where('action', '=', 'badge.revoked')
          .execute()
        t.equal(
          row.revoked_at === null,
          row.revoked_class === null,
          `round ${round}: badge and credential agree`,
        )
        t.equal(
          trail.length,
          row.revoked_at === null ? 0 : 1,
          `round ${round}: so does the audit log`,
        )
      },
    )
  },
)
