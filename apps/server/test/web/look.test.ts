import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { start, until } from '../start.ts'
import { choose, launch, row, visit } from './a-browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

const files = {
  [`a name that goes ${'on and '.repeat(12)}on.txt`]: 'a',
  'notes.txt': 'n',
  'A folder in a folder/Another folder with a long name/Yet another one/deep.txt': 'd',
}

const overflows = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { right, width } = element.getBoundingClientRect()
        return width > 1 && right > innerWidth + 1
      })
      .map((element) => element.className),
  )

test.each(['light', 'dark'] as const)('on a narrow screen nothing sticks out: %s', async (colorScheme) => {
  const server = await start({ files })
  const page = await visit(browser, server.url, { viewport: { width: 360, height: 640 }, colorScheme, hasTouch: true })
  await row(page, 'notes.txt').waitFor()
  expect(await overflows(page)).toEqual([])
  await choose(page, 'notes.txt', 'Versions')
  await page.getByText('current', { exact: true }).waitFor()
  expect(await overflows(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'A folder in a folder' }).click()
  await page.getByRole('link', { name: 'Another folder with a long name' }).click()
  await page.getByRole('link', { name: 'Yet another one' }).click()
  await row(page, 'deep.txt').waitFor()
  expect(await overflows(page)).toEqual([])
})

/** The contrast of two colours, as WCAG 2 reckons it. */
const contrast = (a: string, b: string): number => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((one, other) => other - one)
  return (light + 0.05) / (dark + 0.05)
}
const luminance = (colour: string): number => {
  // A built style sheet says `#fff` for `#ffffff`.
  const hex = colour.length === 4 ? colour.replace(/[^#]/g, '$&$&') : colour
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

test.each(['light', 'dark'] as const)('all text can be read: %s', async (colorScheme) => {
  const server = await start({ files })
  const page = await visit(browser, server.url, { colorScheme })
  const colour = (name: string) =>
    page.evaluate((name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim(), name)
  const pairs = [
    ['--ink', '--surface'],
    ['--ink-soft', '--surface'],
    ['--ink-faint', '--surface'],
    ['--ink-faint', '--hover'],
    ['--ink-soft', '--accent-soft'],
    ['--on-accent', '--accent'],
    ['--accent', '--surface'],
    ['--danger', '--surface'],
    ['--danger', '--danger-soft'],
    ['--warn', '--warn-soft'],
  ] as const
  for (const [text, ground] of pairs)
    expect(contrast(await colour(text), await colour(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
})

test('a finger opens what it taps', async () => {
  const server = await start({ files: { 'Letters/one.txt': '1' } })
  const page = await visit(browser, server.url, {
    viewport: { width: 360, height: 640 },
    hasTouch: true,
    isMobile: true,
  })
  await row(page, 'Letters').tap({ position: { x: 200, y: 30 } })
  await row(page, 'one.txt').tap({ position: { x: 200, y: 30 } })
  await page.waitForURL('**/open/*')
})

test('a screen reader finds the parts of the page by role and name', async () => {
  const server = await start({ files: { 'Letters/one.txt': '1', 'notes.txt': 'n' } })
  const page = await visit(browser, server.url)
  await row(page, 'notes.txt').waitFor()
  for (const [role, name] of [
    ['banner', ''],
    ['main', ''],
    ['search', ''],
    ['searchbox', 'Search documents'],
    ['navigation', 'Folders above'],
    ['button', 'Upload'],
    ['button', 'New'],
    ['link', 'Trash'],
    ['grid', /^Contents of /],
    ['button', 'Actions for notes.txt'],
  ] as const)
    await page.getByRole(role, { name }).waitFor()
  expect(await page.getByRole('row', { name: /^notes\.txt/ }).getAttribute('aria-rowindex')).toBe('3')
})

test('a dialog has a name, keeps the focus, and gives it back', async () => {
  const server = await start({ files })
  const page = await visit(browser, server.url)
  await row(page, 'notes.txt').waitFor()
  await page.getByRole('button', { name: 'New' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Folder' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'New folder' })
  await until(
    () => dialog.getByLabel('Name').evaluate((field) => field === document.activeElement),
    'the field has the focus',
  )
  for (let index = 0; index < 6; index += 1) await page.keyboard.press('Tab')
  expect(
    await page.evaluate(
      () => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null,
    ),
  ).toBe(true)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await choose(page, 'notes.txt', 'Versions')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await until(
    () => page.getByRole('grid').evaluate((grid) => grid === document.activeElement),
    'the list has the focus',
  )
})
