import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { missingPoppler, poppler } from '../help/pdf.ts'
import { addressOf, ask } from './compare.ts'
import { cookie, owned, safari, sessions, share } from './secrets.ts'
import { makeWorld, type State, unknown } from './states.ts'
import { certificate as form } from './table.ts'

await onEachDatabase(
  t,
  'a certificate is its owner’s alone: to everybody else there is none, whatever the badge shows',
  async (t, database) => {
    const world = await makeWorld(t, database)
    const { owner, other } = await sessions(world)
    const none = await ask(world, addressOf(form, unknown))
    const at = (state: State, headers: Record<string, string> = {}, query = '') =>
      ask(world, `${addressOf(form, world.places[state])}${query}`, headers)
    for (const [state] of owned) {
      const strangers: Record<string, [Record<string, string>, string?]> = {
        nobody: [{}],
        'a wrong key': [world.visitors['a wrong key']],
        'a key without badges:read': [world.visitors['a key without badges:read']],
        'another candidate': [cookie(other)],
        'the owner’s secret in another browser': [cookie(owner, safari)],
        'a link to the page': [{}, `?share=${await share(world, state, { withName: true })}`],
        'a link of nobody’s': [{}, `?share=${'A'.repeat(43)}`],
        'a link that ran out': [
          {},
          `?share=${await share(world, state, { withCertificate: true, expiresAt: '2026-11-22T03:59:59.000Z' })}`,
        ],
        'another badge’s link': [
          {},
          `?share=${await share(world, state === 'valid' ? 'expired' : 'valid', { withCertificate: true })}`,
        ],
        'Letter, to nobody': [{}, '?paper=letter'],
        'an odd paper': [{}, '?paper=x&paper[]=y'],
      }
      for (const [who, [headers, query]] of Object.entries(strangers))
        t.same(await at(state, headers, query), none, `${state}, ${who}`)
      const got = await at(state, cookie(owner))
      t.equal(got.statusCode, 200, `${state}, its owner`)
      t.match(got.headers, {
        'content-type': 'application/pdf',
        'cache-control': 'private, no-store',
        'x-robots-tag': 'noindex',
        'content-disposition': 'attachment; filename="certificate.pdf"',
      })
      t.equal(got.headers.etag, undefined)
    }
  },
)

await onEachDatabase(
  t,
  'a share link that includes the certificate gives it, until it is revoked or the badge is',
  async (t, database) => {
    const world = await makeWorld(t, database)
    const none = await ask(world, addressOf(form, unknown))
    const shown = ['valid', 'expired', 'suspended', 'behind a link'] as State[]
    for (const [state] of owned) {
      const query = `?share=${await share(world, state, { withCertificate: true, withFiles: false })}`
      const answer = await ask(world, `${addressOf(form, world.places[state])}${query}`)
      if (!shown.includes(state)) {
        t.same(answer, none, state)
        continue
      }
      t.equal(answer.statusCode, 200, state)
      const page = await ask(world, `/b/${world.places[state].slug}${query}`, {
        accept: 'text/html',
      })
      t.match(page.bytes, `certificate.pdf${query}`, `${state}: the page leads to it`)
      const json = await ask(world, `/b/${world.places[state].slug}.json${query}`)
      t.match(json.bytes, `/certificate.pdf${query}"`)
    }
    const without = `?share=${await share(world, 'valid')}`
    const page = await ask(world, `/b/${world.places.valid.slug}${without}`, {
      accept: 'text/html',
    })
    t.notMatch(page.bytes, 'certificate.pdf')
  },
)

t.test('its QR code and its words hold no secret', { skip: missingPoppler }, async (t) => {
  const world = await makeWorld(t)
  const secret = await share(world, 'valid', { withCertificate: true })
  const url = `${addressOf(form, world.places.valid)}?share=${secret}`
  const { rawPayload } = await world.app.inject({ url })
  t.notMatch(rawPayload.toString('latin1'), secret)
  t.notMatch(poppler('pdftotext', rawPayload, { after: ['-'] }), secret)
})
