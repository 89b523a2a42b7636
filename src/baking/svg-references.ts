import { Problem } from '../problem.ts'

/** Counts what an SVG draws once every reference is followed. */
export type References = {
  open: (id: string | undefined) => void
  close: () => void
  refer: (id: string) => void
  check: () => void
}

type Part = { elements: number; inside: Part[]; targets: string[] }

const mostDrawn = 100_000
const deepestChain = 1000

/**
 * A counter for use during a walk: call `open` and `close` for each element, `refer` for each `#id` used, and `check`
 * at the end. `check` throws `invalid` when the references form a cycle or multiply into more than 100,000 elements:
 * ten levels of nested `<use>`, ten in each, would occupy a machine for hours, as nested entities do in XML.
 */
export function countReferences(): References {
  const whole = emptyPart()
  const parts = new Map<string, Part>()
  const open: Part[] = [whole]
  const innermost = () => open.at(-1) ?? whole
  return {
    open: (id) => {
      const around = innermost()
      const part = id === undefined || parts.has(id) ? around : emptyPart()
      if (part !== around) around.inside.push(part)
      if (id !== undefined && part !== around) parts.set(id, part)
      part.elements += 1
      open.push(part)
    },
    close: () => {
      open.pop()
    },
    refer: (id) => {
      innermost().targets.push(id)
    },
    check: () => {
      if (cost(whole, parts, new Map(), 0) > mostDrawn)
        throw new Problem(
          'invalid/svg-draws-too-much',
          `The SVG draws more than ${mostDrawn} elements. Simplify it.`,
        )
    },
  }
}

function emptyPart(): Part {
  return { elements: 0, inside: [], targets: [] }
}

function cost(part: Part, parts: Map<string, Part>, costs: Map<Part, number>, depth: number) {
  // Such a depth means a cycle.
  if (depth > deepestChain)
    throw new Problem(
      'invalid/svg-circular',
      'The SVG refers to itself in a circle. Remove the circle.',
    )
  const known = costs.get(part)
  if (known !== undefined) return known
  let sum = part.elements
  for (const inner of part.inside) sum += cost(inner, parts, costs, depth + 1)
  for (const id of part.targets) {
    const target = parts.get(id)
    if (target) sum += cost(target, parts, costs, depth + 1)
  }
  costs.set(part, sum)
  return sum
}
