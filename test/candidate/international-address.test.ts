import t from 'tap'
import { openSession } from '../../src/actions/holders/sign-in.ts'
import { requestSignIn } from '../../src/actions/mailing/request-links.ts'
import { findOwnedBadges } from '../../src/storage/badges/holder-badges.ts'
import { onEachDatabase } from '../help/databases.ts'
import { openItems } from '../help/review.ts'
import { passEvent, post, start } from '../help/start.ts'
import { asTxTools } from '../help/transaction.ts'

const forms = ['sean@bücher.example', 'Sean@xn--bcher-kva.example']

for (const [written, other] of [forms, forms.toReversed()] as [string, string][])
  onEachDatabase(
    t,
    `${written} and ${other} are one address: results, sign-in, limits, candidates that may be one person`,
    async (t, database) => {
      const blazon = await start(t, { database })
      const { tools } = blazon
      const candidate = { ...passEvent().candidate, email: written }
      t.equal((await post(blazon, passEvent({ candidate }))).status, 201)
      const one = await openSession(asTxTools(tools), {
        email: 'sean@xn--bcher-kva.example',
        agent: 'A browser',
      })
      t.equal((await findOwnedBadges(tools.db, one.accountId)).length, 1, 'the badge is theirs')
      for (const email of [written, other, written, other, written, other, written])
        await requestSignIn(tools, { email })
      const asked = await tools.db
        .selectFrom('job')
        .select('key')
        .where('kind', '=', 'sign-in')
        .execute()
      t.equal(asked.length, 5, 'one limit')
      const second = { ...candidate, id: 'C-9', email: other }
      await post(blazon, passEvent({ resultId: 'R-2', exam: 'PR000002', candidate: second }))
      t.match(await openItems(blazon), [{ kind: 'second-account' }])
    },
  )
