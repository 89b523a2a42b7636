import t from 'tap'
import { readOpenJobs } from '../../src/actions/operating/read-jobs.ts'
import { makeMailLink } from '../../src/actions/support/mail-links.ts'
import { handlers } from '../../src/jobs/handlers.ts'
import { runDueJobs } from '../../src/jobs/run-jobs.ts'
import { onEachDatabase } from '../help/databases.ts'
import { multiply } from '../help/multiply.ts'
import { issueOriginals } from '../help/originals.ts'
import { staysNarrow, watched } from '../help/plans.ts'
import { get, start } from '../help/start.ts'
import { visitor } from '../help/visitor.ts'

const many = 3000

onEachDatabase(
  t,
  'no query of lists, of holders, of operators and of standing jobs reads more rows when there are more badges',
  async (t, database) => {
    const first = await start(t, { database, keepOpen: true })
    await issueOriginals(first)
    await first.close()
    await multiply(database.url, many)
    const blazon = await start(t, { database })
    const { tools, auth } = blazon
    const some = await tools.db
      .selectFrom('badge')
      .innerJoin('candidate', 'candidate.candidate_id', 'badge.candidate_id')
      .leftJoin('profile', 'profile.account_id', 'badge.account_id')
      .select([
        'badge.id',
        'badge.slug',
        'visibility',
        'badge.source',
        'badge.candidate_id',
        'email',
      ])
      .select(['handle', 'badge.account_id'])
      .where('issued_at', 'is not', null)
      .where('revoked_at', 'is', null)
      .orderBy('badge.id')
      .execute()
    const open = some.find((each) => each.account_id === null)
    const listed = some.find((each) => each.handle !== null)
    if (!open || !listed) throw new Error('the copies lack a fate')
    const { queries, db } = watched(tools.db)
    blazon.tools.db = db

    for (const address of ['', '?page=3', '?q=a', '?q=practitioner', '?level=practitioner'])
      await get(blazon, `/directory${address}`)
    for (const address of [
      '/sitemap.xml',
      '/sitemaps/badges-1.xml',
      '/sitemaps/profiles-1.xml',
      '/status/2',
      '/status/revoked',
      '/ob2/rsa-1/revocations',
      `/u/${listed.handle}`,
      `/b/${listed.slug}`,
    ])
      t.equal((await get(blazon, address)).statusCode, 200, address)
    for (const address of [
      `/v1/badges?limit=20&after=${open.id}`,
      `/v1/badges/${open.id}`,
      `/v1/badges/${open.id}/history`,
      `/v1/badges/${open.id}/mails`,
      '/v1/review?state=open',
      `/v1/candidates/${open.source}/${open.candidate_id}/eligibility?exam=PR000001`,
      '/metrics',
    ])
      t.equal((await get(blazon, address, auth)).statusCode, 200, address)

    const link = { purpose: 'claim', email: open.email, badgeId: open.id } as const
    const { url } = await makeMailLink(tools, link)
    const holder = visitor(blazon)
    await holder.get(url)
    t.equal((await holder.send(new URL(url).pathname, { answer: 'public' })).status, 303)
    for (const address of ['/my/badges', `/my/badges/${open.id}`, '/my/account', '/my/export'])
      t.equal((await holder.get(address)).status, 200, address)
    await holder.get('/sign-in')
    await holder.send('/sign-in', { email: open.email })
    await runDueJobs(tools, handlers)
    await handlers.settle?.(tools, {} as never, {} as never)
    await handlers.prune?.(tools, {} as never, {} as never)
    await readOpenJobs(tools)
    t.ok(queries.length > 150, `${queries.length} queries`)
    await staysNarrow(t, tools.db, database, queries)
  },
)
