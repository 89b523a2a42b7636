import t from 'tap'
import { bakePng } from '../../src/baking/png.ts'
import { get } from '../help/start.ts'
import { makeWorld, type World } from './world.ts'

type Document = Record<string, unknown> & {
  '@context': unknown[]
  credentialSubject: object
  proof: object
}

async function makeCredential(t: Parameters<typeof makeWorld>[0]) {
  const world = await makeWorld(t)
  const answer = await get(world, `/b/${world.slugs.public}/credential.json`)
  return { world, credential: answer.json() as Document }
}

async function verdictOf({ app }: World, payload: object | string | Buffer, type: string) {
  const headers = { 'content-type': type }
  const answer = await app.inject({ method: 'POST', url: '/v1/verify', headers, payload })
  return answer.statusCode === 200 ? answer.json().verdict : answer.statusCode
}

t.test(
  'nothing can be added to a genuine credential that its signature does not cover',
  async (t) => {
    const { world, credential } = await makeCredential(t)
    const { '@context': contexts, credentialSubject: subject, proof } = credential
    const judge = (document: object) =>
      verdictOf(world, JSON.stringify(document), 'application/json')
    t.equal(await judge(credential), 'valid', 'as it was issued')
    const added: Record<string, object> = {
      'a field': { holderName: 'Mallory' },
      'a field that a context gives no meaning': {
        '@context': [...contexts, { holderName: null }],
        holderName: 'Mallory',
      },
      'a field that a context makes a remark': {
        '@context': [...contexts, { holderName: '@index' }],
        holderName: 'Mallory',
      },
      'a remark': { '@index': 'Mallory' },
      'a remark in its subject': { credentialSubject: { ...subject, '@index': 'Mallory' } },
      'a context in its subject': { credentialSubject: { ...subject, '@context': {} } },
      'a context': { '@context': [...contexts, { mallory: 'https://mallory.example/' }] },
      'a context twice': { '@context': [...contexts, contexts[1]] },
      'another context that is known': {
        '@context': [...contexts, 'https://w3id.org/security/suites/jws-2020/v1'],
      },
      'an empty list of evidence': { evidence: [] },
      'an empty inclusion': { '@included': [] },
      'a null name of its subject': { credentialSubject: { ...subject, name: null } },
      'a field in its proof': { proof: { ...proof, holder: 'Mallory' } },
    }
    for (const [what, changes] of Object.entries(added))
      t.equal(await judge({ ...credential, ...changes }), 'invalid', what)
  },
)

t.test('a strange issuer is named in the verdict, whichever way it is written', async (t) => {
  const { world, credential } = await makeCredential(t)
  for (const issuer of [
    'https://other.example/',
    { id: 'https://other.example/', type: ['Profile'] },
  ]) {
    const answer = await world.app.inject({
      method: 'POST',
      url: '/v1/verify',
      payload: { ...credential, issuer },
    })
    t.equal(answer.json().verdict, 'invalid', 'a key of ours under another name is a forgery')
    t.match(
      answer.body,
      'The badge names the issuer https://other.example/, but a key of badges.example.test.',
    )
  }
})

t.test(
  'a copy of a public hosted assertion with anything added is not the issuer’s copy',
  async (t) => {
    const { world } = await makeCredential(t)
    const page = await get(world, `/b/${world.slugs.public}.json`)
    const { body } = await get(world, page.json().links.assertion)
    const judge = (text: string) => verdictOf(world, text, 'application/json')
    const add = (field: string) => body.replace(/}$/, `,${field}}`)
    t.equal(await judge(body), 'valid', 'as it is published')
    t.equal(await judge(add('"note":"Mallory"')), 'invalid', 'a field')
    t.equal(await judge(add('"note":"\\ud800"')), 'invalid', 'half of a character')
    t.equal(await judge(add('"__proto__":{"note":1}')), 'invalid', '__proto__')
    t.equal(
      await judge(add(`"x":${'['.repeat(9000)}${']'.repeat(9000)}`)),
      'could-not-check',
      'depth',
    )
  },
)

t.test(
  'a stranger’s file that would be slow to judge is never valid, however it is made',
  async (t) => {
    const { world, credential } = await makeCredential(t)
    const { '@context': contexts, credentialSubject: subject } = credential
    const nested = (count: number) =>
      `${'{"id":"https://a.example/","type":["Profile"],"parentOrg":'.repeat(count)}0${'}'.repeat(count)}`
    const alignment = Array.from({ length: 60_000 }, (_, index) => ({
      type: ['Alignment'],
      targetName: `${index}`,
      targetUrl: `https://a.example/${index}`,
    }))
    const blank = Array.from({ length: 12 }, (_, node) => ({
      '@id': `_:n${node}`,
      p: Array.from({ length: 12 }, (_, other) => ({ '@id': `_:n${other}` })),
    }))
    const files: Record<string, string> = {
      'an issuer nested 50,000 deep': JSON.stringify({ ...credential, issuer: 0 }).replace(
        '"issuer":0',
        `"issuer":${nested(50_000)}`,
      ),
      '60,000 alignments': JSON.stringify({
        ...credential,
        credentialSubject: { ...subject, achievement: { alignment } },
      }),
      '20,000 contexts': JSON.stringify({
        ...credential,
        '@context': [...contexts, ...alignment.slice(0, 20_000)],
      }),
      'a graph that is slow to put in order': JSON.stringify({
        ...credential,
        '@context': [...contexts, { p: 'https://a.example/p', q: 'https://a.example/q' }],
        q: blank,
      }),
      'two million empty lists': `{"type":["VerifiableCredential"],"a":[${'[],'.repeat(2_000_000)}0]}`,
      'a text of 8 MB': JSON.stringify({ ...credential, name: 'x'.repeat(8_000_000) }),
    }
    for (const [what, file] of Object.entries(files)) {
      t.not(await verdictOf(world, file, 'application/json'), 'valid', what)
    }
  },
)

t.test('a picture that holds two badges is never genuine for one of them', async (t) => {
  const { world, credential } = await makeCredential(t)
  const version = world.tools.programmes.current()
  const picture = await world.tools.pictures.plain(version, 'practitioner')
  const jws = (await get(world, `/b/${world.slugs.suspended}/assertion.jws`)).body
  const bake = (openbadges: string) =>
    bakePng(picture, { openbadges, openbadgecredential: JSON.stringify(credential) })
  const deep = `{"type":"VerifiableCredential","recipient":{"identity":${'['.repeat(9000)}${']'.repeat(9000)}}}`
  const empty = '{"type":"VerifiableCredential","recipient":null,"credentialSubject":null}'
  t.equal(await verdictOf(world, bake(jws), 'image/png'), 'invalid', 'another badge of ours')
  t.equal(await verdictOf(world, bake(empty), 'image/png'), 'invalid', 'a badge of nobody')
  t.equal(await verdictOf(world, bake(deep), 'image/png'), 'could-not-check', 'a deep one')
})
