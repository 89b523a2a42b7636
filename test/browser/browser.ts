import { existsSync } from 'node:fs'
import axeCore from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Test } from 'tap'

// The headless shell is the same browser without its windows, and a fifth faster.
const places = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
const executablePath = places.find((path) => existsSync(path))

/** Why the browser tests cannot run; CI has a browser, so there it is a failure and no excuse. */
export function missingBrowser(): string | false {
  if (executablePath) return false
  if (process.env.CI) throw new Error(`CI must have a browser in one of ${places.join(', ')}.`)
  return `NOT RUN: there is no browser in ${places.join(', ')}. On Debian: apt install chromium`
}

/** Opens the browser of the machine, without a window, in an environment of its own if need be. */
export function openBrowser(env?: Record<string, string>): Promise<Browser> {
  return chromium.launch({
    executablePath: executablePath ?? '',
    args: ['--no-sandbox'],
    ...(env && { env }),
  })
}

export type Look = { width: number; height: number; scheme: 'light' | 'dark' }

/** A page that collects what it should not do: errors, policy violations, requests to other hosts. */
export async function openPage(browser: Browser, address: string, { width, height, scheme }: Look) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme })
  const page = await context.newPage()
  const offences: string[] = []
  page.on('console', (message) => {
    // A page that is 404 or 410 on purpose is told of on the console, as is its picture.
    const expected = /status of (404|410)/.test(message.text())
    if (message.type() === 'error' && !expected) offences.push(message.text())
  })
  page.on('pageerror', (error) => offences.push(String(error)))
  page.on('request', (request) => {
    if (
      new URL(request.url()).origin !== new URL(address).origin &&
      !request.url().startsWith('data:')
    )
      offences.push(`asked ${request.url()}`)
  })
  await page.goto(address)
  return { page, offences, close: () => context.close() }
}

/**
 * What axe finds on a page, a line each. `rules` are those to look by; without them, all that axe looks by, and the size of targets,
 * which it leaves out unless it is asked.
 */
export async function axe(page: Page, rules?: string[]): Promise<string[]> {
  const options = JSON.stringify({
    iframes: false,
    resultTypes: ['violations'],
    ...(rules ? { runOnly: rules } : { rules: { 'target-size': { enabled: true } } }),
  })
  // Each frame by itself: frames of another origin do not answer the page around them.
  const looked = page.frames().map(async (frame) => {
    if (await frame.evaluate('!window.axe')) await frame.evaluate(axeCore.source)
    return frame.evaluate<axeCore.AxeResults>(`axe.run(document, ${options})`)
  })
  const violations = (await Promise.all(looked)).flatMap((found) => found.violations)
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

/** Whether the page is wider than its window. */
export async function overflows(page: Page): Promise<boolean> {
  return page.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  )
}

export type { Test }
