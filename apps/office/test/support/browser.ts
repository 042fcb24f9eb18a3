import type { StoredFile } from '@openwopi/host'
import { type Browser, type BrowserContext, chromium, type FrameLocator, type Page } from 'playwright-core'
import { addressOf, patience, type Setup } from './setup.ts'

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args })

/** A message that the host's page has heard. */
export interface Heard {
  readonly origin: string
  readonly MessageId: string
  readonly Values: Record<string, unknown>
}

/** One person's window with a document in it. */
export interface Seat {
  readonly page: Page
  readonly office: FrameLocator
  readonly requests: string[]
  readonly problems: string[]
  heard(): Promise<readonly Heard[]>
  type(text: string): Promise<void>
  text(): Promise<string>
  state(): Promise<string>
  leave(): Promise<void>
}

export interface SeatOptions {
  readonly name?: string
  /** An action of discovery. */
  readonly wanted?: string
  /** The language of the words, and that of dates and numbers. */
  readonly ui?: string
  readonly rs?: string
  readonly canOnlyRead?: boolean
  readonly context?: Parameters<Browser['newContext']>[0]
  readonly lifetime?: number
  /** Done before anything is opened. */
  readonly prepare?: (context: BrowserContext) => Promise<unknown>
}

/** What lines say, without the cursors of others. */
const linesOf = (lines: Element[]): string => {
  const own = (line: Element) => {
    const copy = line.cloneNode(true) as Element
    for (const caret of copy.querySelectorAll('.remote-caret')) caret.remove()
    return copy.textContent
  }
  return lines.map(own).join('\n')
}

/** Opens a document as a host's page does it. */
export async function sitDown(
  browser: Browser,
  setup: Setup,
  file: StoredFile,
  options: SeatOptions = {},
): Promise<Seat> {
  const { name, wanted = 'edit', canOnlyRead = false, lifetime = 3_600_000 } = options
  const context: BrowserContext = await browser.newContext(options.context)
  context.setDefaultTimeout(patience)
  await options.prepare?.(context)
  const page = await context.newPage()
  const requests: string[] = []
  const problems: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) problems.push(message.text())
  })
  await page.goto(setup.host.origin)
  const form = {
    action: await addressOf(setup, file, wanted, options),
    token: setup.host.token(file, name, { view: canOnlyRead, lifetime }),
    ttl: String(Date.now() + lifetime),
  }
  await page.evaluate((values) => Reflect.get(window, 'openOffice')(values), form)
  const office = page.frameLocator('iframe')
  // Until the form has been answered, the frame holds the empty page that it began with.
  await office.locator('#office, main').first().waitFor({ state: 'attached' })
  return {
    page,
    office,
    requests,
    problems,
    heard: () => page.evaluate(() => Reflect.get(window, 'heard')),
    async type(text) {
      await office.locator('.cm-content[contenteditable=true]').click()
      await office.locator('.cm-focused').waitFor()
      await page.keyboard.press('Control+End')
      await page.keyboard.type(text)
    },
    async text() {
      await office.locator('.cm-content').waitFor()
      return office.locator('.cm-line').evaluateAll(linesOf)
    },
    state: async () => (await office.locator('.state').textContent()) ?? '',
    async leave() {
      await page.goto('about:blank')
      await context.close()
    },
  }
}
