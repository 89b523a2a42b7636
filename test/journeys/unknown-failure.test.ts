import t, { type Test } from 'tap'
import { onEachDatabase } from '../help/databases.ts'
import { passEvent, post, start } from '../help/start.ts'

const errorLevel = 50

onEachDatabase(
  t,
  'a bug while signing is logged as an error; the message is kept, and its badge waits',
  async (t: Test, database) => {
    const blazon = await start(t, { database })
    const { keyring } = blazon.tools
    blazon.tools.keyring = {
      ...keyring,
      sign: () => {
        throw new TypeError('a bug')
      },
    }
    t.match(await post(blazon, passEvent()), {
      status: 202,
      body: { result: { state: 'waiting' } },
    })
    t.match(
      blazon.log.map((line) => JSON.parse(line)).filter(({ level }) => level >= errorLevel),
      [{ source: 'webassessor', msg: 'a badge could not be signed and waits' }],
    )
    blazon.tools.keyring = keyring
    t.match(await post(blazon, passEvent()), { status: 200, body: { result: { state: 'issued' } } })
  },
)
