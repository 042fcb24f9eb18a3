import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { asHtml, type Check, checks, type Outcome } from '@openwopi/conformance'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launch, visit } from './a-browser.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launch()
})

afterAll(() => browser.close())

const checkOf = (group: string): Check => {
  const found = checks.find((check) => check.group === group)
  if (!found) throw new Error(`there are no checks of ${group}`)
  return found
}

const exchange = { sent: 'POST /wopi/files/1 · X-WOPI-Override: LOCK', came: 'status 409, X-WOPI-Lock "a"' }
const [lock, name, rename] = [checkOf('locks'), checkOf('names'), checkOf('rename')]
const outcomes: readonly Outcome[] = [
  { check: lock, result: 'failed', expected: 'status 200', came: 'status 409', exchanges: [exchange] },
  { check: name, result: 'skipped', reason: 'CheckFileInfo does not promise it.', exchanges: [] },
  { check: rename, result: 'passed', exchanges: [exchange] },
]

async function opened(scheme: 'light' | 'dark' = 'light', width = 1000) {
  const folder = await mkdtemp(join(tmpdir(), 'openwopi-report-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'report.html')
  const report = {
    wopiSrc: 'http://127.0.0.1/wopi/files/1',
    startedAt: 0,
    took: 1000,
    plan: [],
    leftovers: [],
    outcomes,
  }
  await writeFile(path, asHtml(report))
  return visit(browser, pathToFileURL(path).href, { colorScheme: scheme, viewport: { width, height: 800 } })
}

test('a report shows what failed with what was sent and what came, and the rest on demand', async () => {
  const page = await opened()
  const [failed, skipped, passed] = [lock, name, rename].map(({ says }) => page.getByText(says))
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('1 of 3 checks failed')
  expect(await page.getByText(exchange.sent).first().isVisible()).toBe(true)
  await expect.poll(() => failed?.isVisible()).toBe(true)
  await expect.poll(() => passed?.isVisible()).toBe(false)
  await page.getByRole('group', { name: 'Show' }).getByText('Passed 1').click()
  await expect.poll(() => passed?.isVisible()).toBe(true)
  await page.getByText('CheckFileInfo does not promise it.').click()
  await expect.poll(() => skipped?.isVisible()).toBe(true)
  await page.getByRole('group', { name: 'Show' }).getByText('Failed 1').click()
  await expect.poll(() => failed?.isVisible()).toBe(false)
})

test('a report shows one subject alone', async () => {
  const page = await opened()
  const section = page.getByText('CheckFileInfo does not promise it.')
  await expect.poll(() => section.isVisible()).toBe(true)
  await page.getByRole('navigation').getByText('locks', { exact: true }).click()
  expect(await page.getByText(lock.says).isVisible()).toBe(true)
  await expect.poll(() => section.isVisible()).toBe(false)
  await page.getByText('all subjects').click()
  await expect.poll(() => section.isVisible()).toBe(true)
})

test.each([
  ['light', 1000],
  ['dark', 1000],
  ['light', 380],
] as const)('a report in %s fits a window that is %i wide', async (scheme, width) => {
  const page = await opened(scheme, width)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
  const background = await page.evaluate('getComputedStyle(document.body).backgroundColor')
  expect(background).toBe(scheme === 'dark' ? 'rgb(18, 22, 27)' : 'rgb(255, 255, 255)')
})
