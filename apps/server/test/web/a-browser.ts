import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'

/** Starts the browser of a test file. */
export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })

/** How long a page may take for anything on a machine that has much else to do, in milliseconds. */
const slowest = 60_000

/** Opens an address as someone who has not been here before. A fault in the page's own code fails the test. */
export const visit = async (browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Page> => {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options })
  context.setDefaultTimeout(slowest)
  const faults: string[] = []
  const page = await context.newPage()
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => message.text().includes('Content Security Policy') && faults.push(message.text()))
  onTestFinished(async () => {
    await context.close()
    expect(faults).toEqual([])
  })
  const listens = new Promise<void>((resolve) => {
    page.on('response', (response) => response.request().resourceType() === 'eventsource' && resolve())
  })
  listening.set(page, listens)
  await page.goto(url)
  return page
}

const listening = new WeakMap<Page, Promise<void>>()

/** Waits until a page hears of what happens on the server. */
export const hears = async (page: Page): Promise<void> => listening.get(page)

/** The row of a file or folder. */
export const row = (page: Page, name: string): Locator =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })

/** Puts the keys on a row of the list. */
export const goToRow = async (page: Page, name: string): Promise<void> => {
  await row(page, name).click({ position: { x: 600, y: 20 } })
}

/** Chooses an entry of a row's menu. */
export const choose = async (page: Page, name: string, entry: string): Promise<void> => {
  await row(page, name).getByRole('button').click()
  await page.getByRole('menuitem', { name: entry, exact: true }).click()
}

/** The names in the list, from the top. */
export const names = (page: Page): Promise<string[]> => page.getByRole('grid').getByRole('link').allTextContents()
