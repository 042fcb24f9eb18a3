import type { StoredFile } from '@openwopi/host'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest'
import { launch, type Seat, type SeatOptions, sitDown } from './browser.ts'
import { buildPages } from './built-pages.ts'
import { patience, type Setup, type SetupOptions, setUp } from './setup.ts'

/** The browser of a test file. */
export interface TestBrowser {
  /** Opens a document as a host's page does it. It is closed when the test ends. */
  sitDown(setup: Setup, file: StoredFile, options?: SeatOptions): Promise<Seat>
}

/** Gives the tests of a file a browser, and pages that are up to date. */
export function inBrowser(): TestBrowser {
  let browser: Browser
  // A test takes many steps, each of which may come late.
  vi.setConfig({ testTimeout: 3 * patience, hookTimeout: 3 * patience })
  beforeAll(async () => {
    await buildPages()
    browser = await launch()
  }, 300_000)
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()))
  })
  afterAll(() => browser.close())
  return { sitDown: (setup, file, options) => sitDown(browser, setup, file, options) }
}

/** A host and an office, and people who open documents in a browser. */
export interface OfficeInBrowser extends Setup {
  /** Opens a document as a host's page does it. It is closed when the test ends. */
  sitDown(file: StoredFile, options?: SeatOptions): Promise<Seat>
  /** Puts a host and an office of another kind in the place of those that are there. */
  startAnew(options: SetupOptions): Promise<void>
}

/** Gives each test of a file a host and an office of its own, and all of them one browser. */
export function officeInBrowser(options: SetupOptions = {}): OfficeInBrowser {
  let setup: Setup
  beforeEach(async () => {
    setup = await setUp(options)
  })
  // Hooks run in reverse: what is open in the browser is closed first, and asks for nothing that has ended.
  afterEach(() => setup.close())
  const browser = inBrowser()
  return {
    get host() {
      return setup.host
    },
    get office() {
      return setup.office
    },
    get dataFolder() {
      return setup.dataFolder
    },
    skip: (milliseconds) => setup.skip(milliseconds),
    close: () => setup.close(),
    async startAnew(other) {
      await setup.close()
      setup = await setUp(other)
    },
    sitDown: (file, seat) => browser.sitDown(setup, file, seat),
  }
}
