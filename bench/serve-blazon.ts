import { createApiKey } from '../src/actions/operating/create-api-key.ts'
import { verifyFile } from '../src/actions/showing/verify-badge.ts'
import { readConfig } from '../src/config.ts'
import { listen, openBlazon } from '../src/main.ts'
import { inTurn, repeat } from './repeat.ts'

/** A request of the parent: to verify these pictures here, without HTTP, for that many milliseconds. */
export type VerifyHere = { pngs: Buffer[]; milliseconds: number }

const blazon = await openBlazon(readConfig(process.env))
const { tools } = blazon
process.on('message', (message) => {
  verifyHere(message as unknown as VerifyHere).then(
    (rate) => process.send?.({ rate }),
    (error: Error) => process.send?.({ trouble: error.message }),
  )
})
process.once('disconnect', () => process.exit())
process.send?.({
  port: await listen(blazon, { host: '127.0.0.1', port: 0 }),
  key: await createApiKey(tools, { name: 'bench', scopes: ['results:write', 'badges:write'] }),
})

function verifyHere({ pngs, milliseconds }: VerifyHere) {
  return repeat(milliseconds, async (turn) => {
    const { verdict } = await verifyFile(tools, {
      bytes: inTurn(pngs, turn),
      type: 'png',
      caller: 'bench',
    })
    if (verdict !== 'valid') throw new Error(`our own badge verifies as ${verdict}`)
  })
}
