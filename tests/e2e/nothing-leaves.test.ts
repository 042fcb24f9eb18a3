import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildPages } from '../../apps/office/test/support/built-pages.ts'
import { launch, until } from './desk.ts'
import { officeIn } from './hands.ts'
import { type ReachingOut, reachingOut } from './hostile/reaching-out.ts'
import { type Started, serve } from './started.ts'

// Several programs and a browser work for one step of a person; a slow machine takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let browser: Browser
let folder: string
let started: Started
/** Stands for every address outside, and notes who comes. */
let outside: Server
let address: string
const visits: string[] = []

beforeAll(async () => {
  await buildPages()
  browser = await launch()
  outside = createServer((request, response) => {
    visits.push(`${request.method} ${request.url}`)
    response.end()
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => outside.once('listening', resolve))
  address = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`
  // What it would notice, it does notice.
  await fetch(`${address}/control`)
  expect(visits.splice(0)).toEqual(['GET /control'])
  folder = await mkdtemp(join(tmpdir(), 'openwopi-outside-'))
  for (const { name, make } of reachingOut) await writeFile(join(folder, name), make(address))
  started = await serve(folder)
})
afterAll(async () => {
  await started.stop()
  await browser.close()
  outside.closeAllConnections()
  await new Promise((resolve) => outside.close(resolve))
  await rm(folder, { recursive: true, force: true })
})

test.each(reachingOut)('$name is shown, and reaches nothing outside', async ({ name, shows, click }: ReachingOut) => {
  const context = await browser.newContext({ locale: 'en-US' })
  const page = await context.newPage()
  const origins = new Set<string>()
  const signs: string[] = []
  context.on('request', (request) => origins.add(new URL(request.url()).origin))
  context.on('page', (opened) => signs.push(`a window was opened: ${opened.url()}`))
  page.on('dialog', (dialog) => {
    signs.push(`a script said ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.goto(await started.addressOf(name))
  if (click !== undefined) await officeIn(page).getByRole('button', { name: click }).click()
  await officeIn(page).locator(shows).first().waitFor()
  // What is late is still noticed: the document is looked at once more.
  await officeIn(page)
    .locator('.bar')
    .click({ position: { x: 5, y: 5 } })
  await page.waitForLoadState('networkidle')
  const ours = new Set([new URL(started.url).origin, new URL(started.officeUrl).origin, 'null'])
  expect([...origins].filter((origin) => !ours.has(origin))).toEqual([])
  expect(await page.evaluate(() => Reflect.get(window, 'hasRun'))).toBeUndefined()
  expect(signs).toEqual([])
  expect(visits).toEqual([])
  await context.close()
})

test('the small views in the list are made of these documents too, and reach nothing outside', async () => {
  const page = await browser.newPage()
  await page.goto(started.url)
  const views = page.locator('main img[src*="/thumbnail"]')
  await until(async () => (await views.count()) >= 6, 'there are small views')
  expect(visits).toEqual([])
  await page.close()
})
