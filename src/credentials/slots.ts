/**
 * The strings that may differ between documents of one shape. `true` stands for a string, an object for the members of
 * an object or of each entry of a list.
 */
export type Slots = { [member: string]: true | Slots }

/** A document in two parts: its shape, in which every slot is empty, and the strings of its slots in their order. */
export type Cut = { shape: object; values: string[] }

/**
 * Cuts a document into its shape and the strings of its slots. A slot that holds anything but a string is part of the
 * shape, so that equal shapes and strings are equal documents.
 */
export function cut(document: object, slots: Slots): Cut {
  const values: string[] = []
  const shape = replaced(document, slots, (value) => {
    values.push(value)
    return ''
  })
  return { shape: shape as object, values }
}

/** A document of a shape, with other strings in its slots. */
export function fill(shape: object, slots: Slots, values: string[]): object {
  let next = 0
  const filled = replaced(shape, slots, () => {
    next += 1
    return values[next - 1] ?? ''
  })
  return filled as object
}

function replaced(node: unknown, slots: Slots | true, replace: (value: string) => string): unknown {
  if (slots === true) return typeof node === 'string' ? replace(node) : node
  if (Array.isArray(node)) return node.map((each) => replaced(each, slots, replace))
  if (node === null || typeof node !== 'object') return node
  const copy = { ...(node as Record<string, unknown>) }
  for (const [member, inner] of Object.entries(slots))
    if (Object.hasOwn(copy, member)) copy[member] = replaced(copy[member], inner, replace)
  return copy
}
