import t from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { passEvent, post, type Started, start } from '../help/start.ts'

/** Names as people have them, and as they are kept: what is meant by an invisible character stays. */
const names: [what: string, sent: string, kept?: string][] = [
  ['Persian, with a ZWNJ', 'علی\u200cرضا'],
  ['Persian, two words', 'زهرا میرزایی\u200cفر'],
  ['Devanagari, with a ZWJ', 'क्\u200dष'],
  ['Devanagari, with a ZWNJ', 'श्\u200cरी राम'],
  ['Sinhala, with a ZWJ', 'ප්\u200dරසාද්'],
  ['Malayalam, with a chillu of old', 'ന്\u200d'],
  ['Fula, in Adlam', '𞤀𞤣𞤤\u200c𞤢𞤥'],
  ['a variation selector', '葛\u{e0100}城'],
  ['a single name', 'Madonna'],
  ['a single name in Indonesian', 'Suharto'],
  ['one letter', 'O'],
  ['letters and marks apart', 'Jose\u0301 Nu\u0301n\u0303ez', 'José Núñez'],
  ['Hangul apart', '김민준'.normalize('NFD'), '김민준'],
  ['spaces around', ' \u00a0Li Na\u3000', 'Li Na'],
]

const keptOf = ({ tools }: Started) =>
  tools.db
    .selectFrom('badge')
    .innerJoin('candidate', 'candidate.candidate_id', 'badge.candidate_id')
    .select(['badge.full_name', 'candidate.full_name as candidate', 'candidate.candidate_id as id'])
    .execute()

onEachDatabase(t, 'names stay as people have them, in NFC', async (t, database) => {
  const blazon = await start(t, { database })
  for (const [at, [, sent]] of names.entries()) {
    const candidate = { id: `C-${at}`, fullName: sent, email: `n${at}@example.com` }
    const { status } = await post(blazon, passEvent({ resultId: `R-${at}`, candidate }))
    t.equal(status, 201, sent)
  }
  const kept = new Map((await keptOf(blazon)).map(({ id, ...row }) => [id, row]))
  for (const [at, [what, sent, expected = sent]] of names.entries())
    t.same(kept.get(`C-${at}`), { full_name: expected, candidate: expected }, what)
})

const refused: [what: string, field: string, name: string, says: RegExp][] = [
  ['an override', 'fullName', 'Zhang \u202eWei', /U\+202E, character 7 of the name/],
  ['a tag', 'latinName', 'Zhang\u{e0041}', /U\+E0041, character 6 of the name/],
  ['a noncharacter', 'givenName', '\ufdd0Wei', /U\+FDD0, character 1 of the name/],
  ['a line separator', 'familyName', 'Zhang\u2028Wei', /U\+2028, character 6 of the name/],
  ['a space of no width', 'fullName', '張\u200b偉', /U\+200B, character 2 of the name/],
  ['a joiner of nothing', 'fullName', 'Zhang\u200dWei', /U\+200D, character 6 of the name/],
]
for (const [what, field, name, says] of refused)
  t.test(`${what} in ${field} is 422, with the character and its place`, async (t) => {
    const blazon = await start(t)
    const candidate = { ...passEvent().candidate, [field]: name }
    const { status, body } = await post(blazon, passEvent({ candidate }))
    const errors = (body as unknown as { errors: unknown[] }).errors
    t.equal(status, 422)
    t.match(errors, [{ path: `/candidate/${field}`, message: says }])
    t.equal(errors.length, 1)
  })
