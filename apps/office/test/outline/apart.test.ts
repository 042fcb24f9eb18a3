import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { textDocument } from '../odt/text-document.ts'
import { officeInBrowser } from '../support/in-browser.ts'
import { until } from '../support/setup.ts'

const setup = officeInBrowser()

const slides = readFileSync(join(import.meta.dirname, '../../../../samples/Introduction.pptx'))
const minute = 60_000

/** Puts `trap` in front of what reads the document, and gives the page a clock that can be put forward. */
function trapped(trap: string) {
  let isSet = false
  return {
    async prepare(context: BrowserContext): Promise<void> {
      await context.clock.install()
      await context.route(/looks-worker/, async (route) => {
        const response = await route.fetch()
        isSet = true
        await route.fulfill({ response, body: `${trap};${await response.text()}` })
      })
    },
    /** Puts the clock forward, minute by minute, until something is seen. */
    async waitFor(page: Page, isSeen: () => Promise<boolean>): Promise<void> {
      await until(() => isSet)
      await until(async () => {
        await page.clock.fastForward(minute)
        return isSeen()
      })
    },
  }
}

test.each([
  ['Endless.pptx', slides],
  ['Endless.odt', textDocument('<text:p>Bye</text:p>')],
])('%s that is read without end leaves the page free, ends in a sentence, and can be had', async (name, bytes) => {
  const file = await setup.host.add(name, bytes)
  const { prepare, waitFor } = trapped('for (;;) {}')
  const { page, office, problems } = await setup.sitDown(file, { wanted: 'view', prepare })
  const sentence = office.getByRole('alert')
  await waitFor(page, async () => (await sentence.count()) > 0)
  expect(await sentence.textContent()).toMatch(/takes too long.*You can download it\./)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    office.getByRole('button', { name: 'Download', exact: true }).click(),
  ])
  expect(readFileSync(await download.path()).equals(Buffer.from(bytes))).toBe(true)
  expect(problems).toEqual([])
})

test('a slide that is read without end is told of in its place, and the other slides are shown', async () => {
  const file = await setup.host.add('Introduction.pptx', slides)
  const trap =
    "addEventListener('message', ({ data }) => { while (data.read === 'slide' && data.section.id.endsWith('/slide2.xml')); })"
  const { prepare, waitFor } = trapped(trap)
  const { page, office } = await setup.sitDown(file, { wanted: 'view', prepare })
  const frame = (number: number) => office.locator('.slide-frame').nth(number)
  await frame(0).locator('.slide').waitFor()
  await frame(1).scrollIntoViewIfNeeded()
  await waitFor(page, async () => (await frame(1).getByText('This slide cannot be drawn here.').count()) > 0)
  await frame(2).scrollIntoViewIfNeeded()
  await frame(2).locator('.slide').waitFor()
})
