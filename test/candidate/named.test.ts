import t from 'tap'
import { shareBadge } from '../../src/actions/holders/share-badge.ts'
import { textIn } from '../conformance/extracted.ts'
import { splitJws } from '../conformance/served.ts'
import { onEachDatabase } from '../help/databases.ts'
import { change, get, issue, passEvent, post, start } from '../help/start.ts'
import { arrive } from './arrive.ts'
import { ask, judge, named, standing } from './named.ts'

onEachDatabase(
  t,
  'the file that names its holder says the name in plain words beside the hashed address, under ids of its own, the same whenever it is asked for',
  async (t, database) => {
    const blazon = await start(t, { database })
    const badge = await issue(blazon)
    const asked = await Promise.all([ask(blazon, badge), ask(blazon, badge), ask(blazon, badge)])
    const [first] = asked
    t.equal(first.statusCode, 200)
    t.same(new Set(asked.map(({ body }) => body)).size, 1, 'asked at once, made once')
    const plain = (await get(blazon, badge.links.credential)).json()
    const own = first.json()
    const [address] = plain.credentialSubject.identifier
    const [{ identityHash: hash, salt }] = own.credentialSubject.identifier
    t.not(salt, address.salt, 'a salt of its own (conformance 1.8)')
    t.same(own.credentialSubject.identifier, [
      { ...address, identityHash: hash, salt },
      { type: 'IdentityObject', hashed: false, identityHash: '张伟', identityType: 'name' },
    ])
    t.not(own.id, plain.id)
    t.not(own.credentialStatus.id, plain.credentialStatus.id)
    const { identifier: _, ...subject } = own.credentialSubject
    const { identifier: __, ...rest } = plain.credentialSubject
    t.same(subject, rest, 'and nothing else differs')
    const jwt = (await ask(blazon, badge, 'named-credential.jwt')).body
    const { payload } = splitJws(jwt)
    t.same([payload.jti, payload.credentialSubject], [own.id, own.credentialSubject])
    t.equal((await ask(blazon, badge, 'named-credential.jwt')).body, jwt)
    const png = (await ask(blazon, badge, 'named-badge.png')).rawPayload
    t.equal(textIn({ png }, 'openbadgecredential'), first.body)
    t.notOk(textIn({ png }, 'openbadges'), 'Open Badges 2.0 has no place for the name')
    const { bytes } = { bytes: (await get(blazon, badge.links.bakedPng)).rawPayload }
    t.notOk(bytes.includes('张伟'), 'the standard picture still names nobody')
  },
)

onEachDatabase(
  t,
  'nobody but the owner gets a file that names them: no share link, no other candidate, however public the badge is',
  async (t, database) => {
    const blazon = await start(t, { database })
    const { accountId, badge } = await arrive(blazon)
    t.equal((await ask(blazon, badge)).statusCode, 200)
    const wanted = {
      label: 'all',
      withName: true,
      withFiles: true,
      withCertificate: true,
      expiresAt: null,
      viewLimit: null,
    }
    const { url } = await shareBadge(blazon.tools, { accountId, badgeId: badge.id, wanted })
    const share = new URL(url).search
    for (const form of ['named-credential.json', 'named-credential.jwt', 'named-badge.png']) {
      const none = await get(blazon, `/b/AAAAAAAAAAAAAAAAAAAAAA/${form}`)
      const shown = await get(blazon, named(badge, form))
      t.same([shown.statusCode, shown.body], [404, none.body], form)
      const shared = await get(blazon, `${named(badge, form)}${share}`)
      t.same([shared.statusCode, shared.body], [404, none.body], `${form}, by share link`)
    }
    t.equal((await get(blazon, `${badge.links.credential}${share}`)).statusCode, 200)
  },
)

onEachDatabase(
  t,
  'verifying a file that names its holder adds nothing that was not in it, public or private, and a changed name is refused',
  async (t, database) => {
    const blazon = await start(t, { database })
    const badge = await issue(blazon)
    const { body } = await ask(blazon, badge)
    const open = await judge(blazon, body)
    t.equal(open.verdict, 'valid')
    t.notMatch(JSON.stringify(open), /张伟|Zhang|C-778|zhang/)
    await change(blazon, badge.id, 'privacy', { visibility: 'private' })
    t.same(await judge(blazon, body), open)
    const forged = body.replace('张伟', '李伟')
    t.not(forged, body)
    t.match(await judge(blazon, forged), { verdict: 'invalid' })
    const nameless = JSON.parse(body)
    nameless.credentialSubject.identifier.pop()
    t.match(await judge(blazon, JSON.stringify(nameless)), { verdict: 'invalid' })
  },
)

onEachDatabase(
  t,
  'a corrected name ends the file that bears the old one, as corrected, and leaves the standard as it was, in whatever order the corrections come',
  async (t, database) => {
    for (const order of [
      [2, 3],
      [3, 2],
    ]) {
      const blazon = await start(t, { database })
      const id = `R-${order.join('')}`
      const candidate = { ...passEvent().candidate, id }
      const badge = await issue(blazon, { resultId: id, candidate })
      const plain = (await get(blazon, badge.links.credential)).body
      const before = (await ask(blazon, badge)).body
      const names = { 2: '張偉', 3: '章伟' } as Record<number, string>
      for (const revision of order)
        await post(
          blazon,
          passEvent({
            resultId: id,
            revision,
            candidate: { ...candidate, fullName: names[revision] },
          }),
        )
      const after = (await ask(blazon, badge)).body
      t.match(after, '章伟')
      t.match(await judge(blazon, before), {
        verdict: 'revoked',
        checks: [{}, {}, {}, { reason: /corrected one. Ask the holder for the current copy/ }],
      })
      t.equal((await judge(blazon, after)).verdict, 'valid')
      t.equal((await get(blazon, badge.links.credential)).body, plain)
      t.equal((await judge(blazon, plain)).verdict, 'valid')
      const rows = (await standing(blazon)).filter(({ data_integrity: text }) =>
        text?.includes(badge.certificationNumber),
      )
      t.same(
        rows.map(({ kind, holder_name: name }) => [kind, name]),
        [
          ['named', '章伟'],
          ['standard', null],
        ],
      )
      const mail = await blazon.tools.db
        .selectFrom('job')
        .select('key')
        .where('key', 'like', `mail:${badge.id}:renamed:%`)
        .execute()
      t.equal(mail.length, order[0] === 2 ? 2 : 1, 'and its holder is told, each time')
      await blazon.close()
    }
  },
)

onEachDatabase(
  t,
  'a date that is corrected with the name issues every file anew once; a name in other letters alone changes none',
  async (t, database) => {
    const blazon = await start(t, { database })
    const badge = await issue(blazon)
    const first = (await ask(blazon, badge)).body
    const { candidate } = passEvent()
    await post(
      blazon,
      passEvent({ revision: 2, candidate: { ...candidate, latinName: 'Chang Wei' } }),
    )
    t.equal((await ask(blazon, badge)).body, first)
    await post(
      blazon,
      passEvent({
        revision: 3,
        startedAt: '2026-11-20T09:00:00+08:00',
        endedAt: '2026-11-20T10:00:00+08:00',
        candidate: { ...candidate, fullName: '張偉' },
      }),
    )
    const next = (await ask(blazon, badge)).json()
    t.match(next, { validFrom: '2026-11-20T02:00:00Z' })
    t.match(JSON.stringify(next), '張偉')
    const { count } = await blazon.tools.db
      .selectFrom('credential')
      .select(({ fn }) => fn.countAll<string | number>().as('count'))
      .executeTakeFirstOrThrow()
    t.equal(Number(count), 4, 'two before, two after')
    t.equal((await judge(blazon, first)).verdict, 'revoked')
  },
)
