import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launch, type Seat, sitDown } from './support/browser.ts'
import { buildPages } from './support/built-pages.ts'
import { type Setup, setUp, until } from './support/setup.ts'

let browser: Browser
let setup: Setup

beforeAll(async () => {
  await buildPages()
  browser = await launch()
})
afterAll(() => browser.close())
beforeEach(async () => {
  setup = await setUp()
})
afterEach(() => setup.close())

/** Buttons and words of the bar that are not seen whole. */
const cutOff = ({ office }: Seat) =>
  office.locator('.bar button, .bar .state, .notice').evaluateAll((all) =>
    all
      .filter((one) => one.getClientRects().length > 0)
      .filter((one) => {
        const { left, right } = one.getBoundingClientRect()
        return left < 0 || right > innerWidth || one.scrollWidth > one.clientWidth + 1
      })
      .map((one) => one.outerHTML),
  )

test.each([
  ['de-DE', 'de', /^Gespeichert um \d\d:\d\d$/, 'Speichern unter'],
  ['zh-CN', 'zh-Hans', /^已于 \d\d:\d\d 保存$/, '另存为'],
])('a page in %s says so, and nothing of it is cut off where it is narrow', async (ui, language, saved, saveAs) => {
  const file = await setup.host.add('plan.md', '# Plan\n')
  const context = { viewport: { width: 360, height: 640 } }
  const anna = await sitDown(browser, setup, file, { ui, context })
  await anna.type('x')
  await until(async () => saved.test(await anna.state()))
  expect(await anna.office.locator('html').getAttribute('lang')).toBe(language)
  await anna.office.getByRole('button', { name: saveAs, exact: true }).click()
  await anna.office.locator('.notice .name-input').waitFor()
  const shots = process.env['OPENWOPI_SHOTS']
  if (shots) await anna.page.screenshot({ path: `${shots}/office-${language}.png` })
  expect(await cutOff(anna)).toEqual([])
  expect(anna.problems).toEqual([])
})

test('words follow one language, and times another', async () => {
  const file = await setup.host.add('plan.txt', 'x')
  const anna = await sitDown(browser, setup, file, { ui: 'de-DE', rs: 'en-US' })
  await anna.type('y')
  await until(async () => /^Gespeichert um \d\d:\d\d\s[AP]M$/.test(await anna.state()))
})

test('a page that stands in for a document speaks the language too', async () => {
  const answer = (address: string, headers: Record<string, string> = {}) =>
    fetch(`${setup.office.url}${address}`, { headers }).then((response) => response.text())
  expect(await answer('/edit?ui=de-CH')).toMatch(/<html lang="de">[\s\S]*Dokumente werden aus Ihren Dateien geöffnet/)
  expect(await answer('/nowhere', { 'Accept-Language': 'fr, zh-CN;q=0.8' })).toMatch(
    /<html lang="zh-Hans">[\s\S]*没有这个页面/,
  )
})
