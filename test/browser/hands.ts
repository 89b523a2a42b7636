import type { Locator, Page } from 'playwright-core'
import type { Test } from 'tap'

/** How somebody uses a page: each finds its element by the name that a screen reader says. */
export type Hand = {
  press: (button: string) => Promise<void>
  follow: (link: string) => Promise<void>
  choose: (radio: string) => Promise<void>
  tick: (box: string) => Promise<void>
  write: (field: string, text: string) => Promise<void>
  pick: (list: string, option: string) => Promise<void>
  unfold: (summary: string) => Promise<void>
  /** Selects all of a field to copy it; answers what is selected. */
  take: (field: string) => Promise<string>
}

/** A mouse, or a finger. */
export function mouse(page: Page): Hand {
  const { button, link, radio, box, field, fold } = finders(page)
  return {
    press: (name) => button(name).click(),
    follow: (name) => link(name).click(),
    choose: (name) => radio(name).check(),
    tick: (name) => box(name).check(),
    write: (name, text) => field(name).fill(text),
    pick: async (name, option) => {
      await field(name).selectOption({ label: option })
    },
    unfold: (name) => fold(name).click(),
    take: async (name) => {
      await field(name).click()
      return selectAll(page)
    },
  }
}

/** Keys alone, from the top of the page; wherever the focus goes, it must be seen. */
export function keyboard(t: Test, page: Page): Hand {
  const { button, link, radio, box, field, fold } = finders(page)
  const key = (name: string) => page.keyboard.press(name)
  const reach = async (aim: Locator, reached = isFocused) => {
    for (let presses = 0; presses < 120; presses += 1) {
      if (await reached(aim)) return
      await key('Tab')
      const lost = await page.evaluate(whatIsWrongWithTheFocus)
      if (lost) t.fail(`the focus is not seen: ${lost}`)
    }
    throw new Error(`Tab does not reach ${aim}`)
  }
  return {
    press: async (name) => {
      await reach(button(name))
      await key('Enter')
    },
    follow: async (name) => {
      await reach(link(name))
      await key('Enter')
    },
    choose: async (name) => {
      await reach(radio(name), isInFocusedGroup)
      for (let presses = 0; presses < 5 && !(await radio(name).isChecked()); presses += 1)
        await key('ArrowDown')
      t.ok(await radio(name).isChecked(), `${name} is chosen by arrow keys`)
    },
    tick: async (name) => {
      await reach(box(name))
      await key('Space')
      t.ok(await box(name).isChecked(), `${name} is ticked by the space bar`)
    },
    write: async (name, text) => {
      await reach(field(name))
      await page.keyboard.type(text)
    },
    pick: async (name, option) => {
      await reach(field(name))
      await page.keyboard.type(option)
      t.match(await field(name).locator('option:checked').textContent(), option)
    },
    unfold: async (name) => {
      await reach(fold(name))
      await key('Enter')
    },
    take: async (name) => {
      await reach(field(name))
      return selectAll(page)
    },
  }
}

async function selectAll(page: Page): Promise<string> {
  await page.keyboard.press('ControlOrMeta+a')
  return page.evaluate(
    '(({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd))(document.activeElement)',
  )
}

function finders(page: Page) {
  // A card's name goes on with what it means, so it is known by its first words.
  const begins = (name: string) => new RegExp(`^${RegExp.escape(name)}`)
  const by = (role: Parameters<Page['getByRole']>[0]) => (name: string) =>
    page.getByRole(role, { name: begins(name) }).first()
  return {
    button: by('button'),
    link: by('link'),
    radio: by('radio'),
    box: by('checkbox'),
    field: (name: string) => page.getByLabel(begins(name)).first(),
    fold: (name: string) => page.locator('summary', { hasText: begins(name) }),
  }
}

function isFocused(aim: Locator) {
  return aim.evaluate((element) => element === element.ownerDocument.activeElement)
}

/** Tab stops at one radio button of a group; the arrow keys go on from there. */
function isInFocusedGroup(aim: Locator) {
  return aim.evaluate((element) => {
    const focused = element.ownerDocument.activeElement
    return focused?.getAttribute('name') === element.getAttribute('name')
  })
}

/** The focused element, if it lies outside the window, or neither it nor the card around it has an outline of two pixels. */
const whatIsWrongWithTheFocus = `(() => {
  const focused = document.activeElement
  if (!focused || focused === document.body) return ''
  const drawn = [focused, focused.closest('label')].some((element) => {
    if (!element) return false
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element)
    const seen = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
    return seen && !/, 0\\)$/.test(outlineColor)
  })
  const { top, bottom, left, right } = focused.getBoundingClientRect()
  const inside = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth
  return drawn && inside ? '' : focused.outerHTML
})()`
