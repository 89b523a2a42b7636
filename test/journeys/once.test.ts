import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { passEvent, post, start } from '../help/start.ts'

onEachDatabase(
  t,
  'the same message from sixteen connections at once, at two processes, mints one badge, and one answer says so',
  async (t, database) => {
    const [one, two] = [await start(t, { database }), await start(t, { database })]
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, number) => post(number % 2 ? one : two, passEvent())),
    )
    t.equal(answers.filter(({ status }) => status === 201).length, 1)
    t.equal(answers.filter(({ status }) => status === 200).length, 15)
    t.equal(new Set(answers.map(({ body }) => body.badge?.id)).size, 1)
    t.ok(answers.every(({ body }) => body.result.state === 'issued'))
    const rows = await one.tools.db.selectFrom('badge').select('id').execute()
    t.equal(rows.length, 1)
    const audit = await one.tools.db
      .selectFrom('audit')
      .select('id')
      .where('action', '=', 'badge.issued')
      .execute()
    t.equal(audit.length, 1, 'and it is in the audit log once')
  },
)

onEachDatabase(
  t,
  'forty candidates at once each get one badge with ids, numbers and places of its own',
  async (t, database) => {
    const [one, two] = [await start(t, { database }), await start(t, { database })]
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, number) =>
        post(
          number % 2 ? one : two,
          passEvent({
            resultId: `R-${number}`,
            candidate: { ...passEvent().candidate, id: `C-${number}` },
          }),
        ),
      ),
    )
    t.ok(answers.every(({ status }) => status === 201))
    const rows = await one.tools.db
      .selectFrom('badge')
      .innerJoin('credential', 'credential.badge_id', 'badge.id')
      .select([
        'slug',
        'hosted_id',
        'certification_number',
        'status_list',
        'status_index',
        'badge.recipient_salt',
        'badge.subject_id',
        'credential.credential_id',
        'credential.assertion_id',
      ])
      .execute()
    t.equal(rows.length, 40)
    for (const column of [
      'slug',
      'hosted_id',
      'certification_number',
      'recipient_salt',
      'subject_id',
      'credential_id',
      'assertion_id',
    ] as const)
      t.equal(new Set(rows.map((row) => row[column])).size, 40, column)
    t.equal(new Set(rows.map((row) => `${row.status_list}/${row.status_index}`)).size, 40)
    const [list] = await one.tools.db.selectFrom('status_list').select('used').execute()
    t.equal(list?.used, 40)
  },
)
