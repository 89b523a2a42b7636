import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Blazon } from './scene.ts'

/** The resident memory of a process, in MB. */
export function memoryOf({ child }: Blazon): number {
  const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], {
    encoding: 'utf8',
  })
  return (Number(kilobytes) * 1024) / 1_000_000
}

/** The most that a process takes while work is done, looked at twice a second. */
export async function mostMemory(blazon: Blazon, work: Promise<void>): Promise<number> {
  let most = 0
  let isOver = false
  const look = async () => {
    while (!isOver) {
      most = Math.max(most, memoryOf(blazon))
      await sleep(500)
    }
  }
  const looking = look()
  try {
    await work
  } finally {
    isOver = true
  }
  await looking
  return most
}
