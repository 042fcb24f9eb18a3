import { expect, test } from 'vitest'
import { boxOf } from './support/box-of.ts'
import type { Seat } from './support/browser.ts'
import { officeInBrowser } from './support/in-browser.ts'
import { until } from './support/setup.ts'
import { smallPdf } from './support/small-pdf.ts'

const setup = officeInBrowser()

const buttons = ({ office }: Seat) =>
  office
    .locator('.bar button')
    .evaluateAll((all) =>
      all.filter((one) => one.getClientRects().length > 0).map((one) => one.getAttribute('aria-label')),
    )

test('an embedded view has a slim bar, and nothing that leads away or changes the file', async () => {
  const file = await setup.host.add('page.md', '# Title\n')
  const anna = await setup.sitDown(file, { wanted: 'embedview' })
  await anna.office.locator('h1', { hasText: 'Title' }).last().waitFor()
  expect((await boxOf(anna.office.locator('.bar'))).height).toBeLessThan(45)
  for (const name of ['Edit', 'Share', 'Close', 'Save as', 'Print']) expect(await buttons(anna)).not.toContain(name)
  expect(setup.host.calls('lock')).toEqual([])
})

test('a preview is the document alone', async () => {
  const file = await setup.host.add('page.md', '# Title\n\n[on](https://example.org)\n')
  const anna = await setup.sitDown(file, { wanted: 'interactivepreview' })
  await anna.office.locator('.preview-pane a').waitFor()
  expect(await anna.office.locator('.bar').isVisible()).toBe(false)
})

test.each(['mobileView', 'mobileEdit'])('%s has targets that a finger hits', async (wanted) => {
  const file = await setup.host.add('notes.txt', 'one')
  const context = { viewport: { width: 360, height: 640 }, hasTouch: true }
  const anna = await setup.sitDown(file, { wanted, context })
  await anna.office.locator('.cm-content').waitFor()
  await anna.office.getByRole('button', { name: 'Find' }).waitFor()
  const sizes = await anna.office
    .locator('.bar .icon-button')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width))
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(44)
  expect(await anna.office.locator('html').evaluate((root) => root.scrollWidth <= root.clientWidth)).toBe(true)
  const shots = process.env['OPENWOPI_SHOTS']
  if (shots) await anna.page.screenshot({ path: `${shots}/office-${wanted}.png` })
  if (wanted === 'mobileView') return
  await anna.type(' two')
  await until(async () => (await setup.host.text(file)) === 'one two')
})

const stubPrint = () => {
  window.print = () => {
    Reflect.set(window, 'printed', document.querySelector('.print-sheet')?.cloneNode(true))
    window.dispatchEvent(new Event('afterprint'))
  }
}
const printed = ({ office }: Seat) =>
  office.locator('body').evaluate(() => {
    const sheet = Reflect.get(window, 'printed')
    return sheet instanceof HTMLElement ? { html: sheet.innerHTML, text: sheet.textContent } : undefined
  })

test('a text is printed whole, Markdown as it is seen, and a picture by itself', async () => {
  const lines = Array.from({ length: 500 }, (_, index) => `line ${index}`).join('\n')
  const text = await setup.sitDown(await setup.host.add('long.txt', lines))
  await text.office.locator('.cm-content').waitFor()
  await text.office.locator('body').evaluate(stubPrint)
  await text.office.getByRole('button', { name: 'Print' }).click()
  expect((await until(() => printed(text))).text).toBe(lines)
  expect(await text.office.locator('.print-sheet').count()).toBe(0)
  await text.leave()
  const page = await setup.sitDown(await setup.host.add('page.md', '# Title\n'), { wanted: 'view' })
  await page.office.locator('.preview-pane h1').waitFor()
  await page.office.locator('body').evaluate(stubPrint)
  await page.office.getByRole('button', { name: 'Print' }).click()
  expect((await until(() => printed(page))).html).toContain('<h1>Title</h1>')
  await page.leave()
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"/>'
  const picture = await setup.sitDown(await setup.host.add('dot.svg', drawing), { wanted: 'view' })
  await until(async () => (await picture.state()) === '20 × 20')
  await picture.office.locator('body').evaluate(stubPrint)
  await picture.office.getByRole('button', { name: 'Print' }).click()
  expect((await until(() => printed(picture))).html).toContain('<img')
  expect([...text.problems, ...page.problems, ...picture.problems]).toEqual([])
})

test('the pages of a PDF are printed as they are', async () => {
  const file = await setup.host.add('paper.pdf', smallPdf(['one', 'two']))
  const anna = await setup.sitDown(file, { wanted: 'view' })
  await anna.office.locator('.textLayer span', { hasText: 'one' }).waitFor()
  await anna.office.locator('body').evaluate(stubPrint)
  await anna.office.getByRole('button', { name: 'Print' }).click()
  const { html } = await until(() => printed(anna))
  expect(html.match(/<img/g)?.length).toBe(2)
  expect(anna.problems).toEqual([])
})

test('letters of a text grow and shrink', async () => {
  const anna = await setup.sitDown(await setup.host.add('notes.txt', 'one'))
  const size = () =>
    anna.office.locator('.cm-line').evaluate((line) => Number.parseFloat(getComputedStyle(line).fontSize))
  const before = await size()
  await anna.office.getByRole('button', { name: 'Zoom in' }).click()
  await expect.poll(size).toBeCloseTo(before * 1.1)
  await anna.office.getByRole('button', { name: 'Zoom out' }).click()
  await expect.poll(size).toBeCloseTo(before)
})
