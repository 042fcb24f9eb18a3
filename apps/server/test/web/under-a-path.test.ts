import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reverseProxy } from '../reverse-proxy.ts'
import { start, until } from '../start.ts'
import { launch, names, row, visit } from './a-browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

test('under a path that a proxy cuts off, people sign in, go through folders, upload and open documents', async () => {
  const proxy = await reverseProxy({ prefix: '/docs' })
  const server = await start({
    files: { 'Letters/one.txt': '1' },
    users: { ann: 'a long pass phrase' },
    config: { publicUrl: `${proxy.origin}/docs` },
  })
  proxy.leadTo(server.url)
  const page = await visit(browser, `${proxy.origin}/docs/trash`)
  await page.getByLabel('Name', { exact: true }).fill('ann')
  await page.getByLabel('Password').fill('a long pass phrase')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('The trash is empty').waitFor()
  expect(new URL(page.url()).pathname).toBe('/docs/trash')

  await page.goto(`${proxy.origin}/docs/`)
  await page.getByRole('link', { name: 'Letters' }).click()
  await row(page, 'one.txt').waitFor()
  expect(new URL(page.url()).pathname).toMatch(/^\/docs\/folder\//)
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'two.txt', mimeType: 'text/plain', buffer: Buffer.from('2') })
  await row(page, 'two.txt').waitFor()
  await page.reload()
  await until(async () => (await names(page)).length === 2, 'both files are listed')
  await page.getByRole('link', { name: 'one.txt', exact: true }).click()
  await page.waitForURL(/\/docs\/open\//)
})
