/**
 * @typedef {import('playwright-core').FrameLocator} FrameLocator
 * @typedef {import('playwright-core').Page} Page
 * @typedef {object} Shot One picture of the guide, taken in light and in dark.
 * @property {string} name What its files begin with.
 * @property {string} [folder] The folder that the document lies in, where that is not the first one.
 * @property {string} [document] The document that is opened. Absent: the list of files.
 * @property {(office: FrameLocator, page: Page) => Promise<unknown>} isReady Waits until there is something to see.
 */

const text = (/** @type {string} */ words) => (/** @type {FrameLocator} */ office) =>
  office.getByText(words).first().waitFor()

const aMoment = (/** @type {Page} */ page) => page.waitForTimeout(700)

/** @type {readonly Shot[]} */
export const shots = [
  {
    name: 'docx',
    document: 'Welcome letter.docx',
    isReady: (office) => office.locator('.word[aria-busy=false] .layout-page').first().waitFor(),
  },
  {
    name: 'xlsx',
    document: 'Household budget.xlsx',
    isReady: async (office, page) => {
      await office.locator('.grid canvas').first().waitFor()
      await aMoment(page)
    },
  },
  {
    name: 'csv',
    document: 'Planets.csv',
    isReady: async (office, page) => {
      await office.locator('.grid canvas').first().waitFor()
      await aMoment(page)
    },
  },
  { name: 'pptx', document: 'Introduction.pptx', isReady: text('Documents that stay yours') },
  { name: 'odt', document: 'Garden club minutes.odt', isReady: text('Garden') },
  {
    name: 'pdf',
    document: 'Questions.pdf',
    isReady: (office) => office.locator('.textLayer span', { hasText: 'Where are my documents?' }).waitFor(),
  },
  {
    name: 'md',
    document: 'Welcome.md',
    isReady: async (office, page) => {
      await office.locator('.cm-content').waitFor()
      const both = office.getByRole('button', { name: 'Text and preview' })
      if (await both.isVisible()) await both.click()
      await office.locator('.preview-pane h1').waitFor()
      await aMoment(page)
    },
  },
  {
    name: 'code',
    folder: 'Code',
    document: 'primes.ts',
    isReady: (office) => office.locator('.cm-line span[class]').first().waitFor(),
  },
  {
    name: 'picture',
    folder: 'Pictures',
    document: 'Lighthouse.png',
    isReady: async (office, page) => {
      await office.locator('.stage img').waitFor()
      await aMoment(page)
    },
  },
  {
    name: 'doc',
    document: 'Old letter.doc',
    isReady: (office) => office.locator('.textLayer span').first().waitFor({ timeout: 60_000 }),
  },
  {
    // The last one: by then there are small views of the documents.
    name: 'files',
    isReady: async (_, page) => {
      await page.getByText('Welcome letter.docx', { exact: true }).first().waitFor()
      await page.locator('main img[src*="/thumbnail"]').nth(5).waitFor({ timeout: 60_000 })
      await aMoment(page)
    },
  },
]

/** How people like their screens. Each shot is taken in both. */
export const schemes = /** @type {const} */ (['light', 'dark'])
/** Of every picture, in pixels. */
export const size = { width: 1200, height: 750 }
