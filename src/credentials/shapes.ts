import { canonicalForm } from './canonical.ts'
import { cut, type Slots } from './slots.ts'
import { compileTemplate, type Template } from './template.ts'

/** A programme has a few shapes for each achievement and version. */
const mostShapes = 500

/** One form of so many is also made by the general path, and compared. */
const sampled = 1000

/** How a shape that is new here is met: it is compiled, the general path serves it, or nothing does. */
export type Shapes = 'learn' | 'known' | 'only'

/** A canonical form; with `only`, there may be none. */
export type Form<How extends Shapes> = How extends 'only' ? string | undefined : string

/**
 * Canonical forms (RDFC-1.0) by the templates of their shapes, which takes a fiftieth of the time of the general path.
 * What no template serves, the general path does. It also makes a sample, and is right where a template differs: that
 * template is not used again.
 */
export function makeShapes(general: (document: object) => Promise<string> = canonicalForm) {
  // Undefined where only the general path serves. A Map keeps the order of its insertions.
  const templates = new Map<string, Promise<Template | undefined>>()
  const counts = { made: 0, compared: 0, different: 0 }

  function compiled(key: string, document: object, slots: Slots) {
    const present = templates.get(key)
    if (present) return present
    // Why a document cannot be compiled is what the general path throws.
    const template = compileTemplate(document, slots).catch(() => undefined)
    templates.set(key, template)
    const [oldest] = templates.keys()
    if (templates.size > mostShapes && oldest !== undefined) templates.delete(oldest)
    return template
  }

  async function compared(form: string, key: string, document: object): Promise<string> {
    const right = await general(document)
    counts.compared += 1
    if (form === right) return form
    counts.different += 1
    templates.set(key, Promise.resolve(undefined))
    return right
  }

  return {
    counts,
    /**
     * The canonical form of a document. With `learn`, a shape that is new here is compiled; with `only`, a document that
     * no template serves has no form. Throws as `canonicalForm` does.
     */
    formOf: async <How extends Shapes>(
      document: object,
      slots: Slots,
      shapes: How,
    ): Promise<Form<How>> => {
      const { shape, values } = cut(document, slots)
      const key = JSON.stringify(shape)
      const template = shapes === 'learn' ? compiled(key, document, slots) : templates.get(key)
      const form = (await template)?.(values)
      if (form === undefined)
        return shapes === 'only' ? (undefined as Form<How>) : general(document)
      counts.made += 1
      return counts.made % sampled === 0 ? compared(form, key, document) : form
    },
    /** Compiles the shape of a document, unless it is known. */
    learn: async (document: object, slots: Slots): Promise<void> => {
      await compiled(JSON.stringify(cut(document, slots).shape), document, slots)
    },
  }
}
