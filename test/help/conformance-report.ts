import { notCovered } from '../conformance/not-covered.ts'
import { citations, requirements } from '../conformance/requirements.ts'

/** How many requirements of docs/conformance.md test titles cite, and the other requirements with the reason. */
export function conformanceReport(): string {
  const all = requirements()
  const cited = citations()
  const others = all.filter((number) => !cited.has(number))
  const reasons = Map.groupBy(others, (number) => notCovered[number] ?? 'NO TEST AND NO REASON')
  return [
    `Conformance: ${all.length - others.length} of ${all.length} requirements covered`,
    ...[...reasons].map(([reason, numbers]) => `  not ${numbers.join(', ')}: ${reason}`),
  ].join('\n')
}
