import type { KyselyPlugin } from 'kysely'
import type { World } from './states.ts'

/** Notes the kind and the tables of every query from now on. */
export function watchQueries(world: Pick<World, 'tools'>): string[] {
  const seen: string[] = []
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      const tables = [
        ...JSON.stringify(node).matchAll(/"identifier":\{"kind":"IdentifierNode","name":"(\w+)"/g),
      ]
      seen.push(`${node.kind} ${[...new Set(tables.map(([, name]) => name))].join(' ')}`)
      return node
    },
    transformResult: async ({ result }) => result,
  }
  world.tools.db = world.tools.db.withPlugin(plugin)
  return seen
}

/** The middle one of many values. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
