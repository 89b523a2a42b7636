import { DatabaseSync } from 'node:sqlite'
import { openConnection, request } from './connection.ts'
import { multipliedDatabase, multipliedSettings, signHolderIn } from './multiplied.ts'
import type { Side, Work } from './pairs.ts'
import type { Served } from './samples.ts'
import { openScene, type Scene } from './scene.ts'
import { compared, sideOf, usualSides } from './two-servers.ts'
import { serving } from './works.ts'

/** The rows that compare a Blazon with so many badges stored with one with a thousand. */
export async function storedWorks(many: number): Promise<{ works: Work[]; close: () => void }> {
  const large = await openStored(many)
  const small = await openStored(1000)
  const [ours, theirs] = [await sidesOf(large), await sidesOf(small)]
  const words = `with ${many.toLocaleString('en')} badges`
  const works = compared(ours, theirs, { words, yardstick: 'the same with 1,000' }).map((each) => ({
    ...each,
    floor: 0.8,
    goal: 0.95,
  }))
  const holder: Work = {
    name: `holder's page of badges, ${words}`,
    yardstick: 'hosted JSON of a badge',
    sides: {
      ours: sideOf(ours, "holder's page of badges"),
      theirs: sideOf(ours, 'hosted assertion JSON'),
    },
  }
  const close = () => {
    for (const { scene } of [large, small]) scene.close()
  }
  return { works: [...works, holder], close }
}

type Stored = { scene: Scene; file: string; cookie: string }

async function openStored(many: number): Promise<Stored> {
  const file = await multipliedDatabase(many)
  const cookie = await signHolderIn(file)
  return { scene: await openScene(multipliedSettings(file)), file, cookie }
}

async function sidesOf({ scene: { blazon }, file, cookie }: Stored): Promise<Record<string, Side>> {
  const others = await fetched(blazon.port, copiesIn(file))
  const own = await fetched(blazon.port, ['/my/badges'], { cookie })
  return {
    ...(await usualSides(blazon)),
    'hosted assertion JSON of 200 older badges': serving(blazon.port, others),
    "holder's page of badges": serving(blazon.port, own, { slack: 32, headers: { cookie } }),
  }
}

/** The addresses of the hosted assertions of public copies, in no order. */
function copiesIn(file: string): string[] {
  const db = new DatabaseSync(file, { readOnly: true })
  const open = "visibility = 'public' and revoked_at is null and valid_until > ?"
  const rows = db
    .prepare(`select hosted_id from badge where ${open} order by hosted_id limit 200`)
    .all(new Date().toISOString())
  db.close()
  return rows.map(({ hosted_id: id }) => `/ob2/assertions/${id}`)
}

async function fetched(
  port: number,
  paths: string[],
  headers: Record<string, string> = {},
): Promise<Served[]> {
  const { ask, close } = await openConnection(port)
  const served: Served[] = []
  for (const path of paths) {
    const reply = await ask(request(path, { headers }))
    if (reply.status !== 200) throw new Error(`${path} answers ${reply.status}`)
    served.push({ path, type: '*/*', bytes: reply.body() })
  }
  close()
  return served
}
