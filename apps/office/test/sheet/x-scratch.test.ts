import { readFileSync } from 'node:fs'
import { test } from 'vitest'
import { launch, sitDown } from '../support/browser.ts'
import { setUp } from '../support/setup.ts'
import { buildPages } from '../support/built-pages.ts'
import { gridOf } from './support.ts'
test('x', async () => {
  await buildPages()
  const browser = await launch()
  const setup = await setUp()
  try {
    const file = await setup.host.add('Budget.xlsx', readFileSync('samples/Household budget.xlsx'))
    const anna = await sitDown(browser, setup, file, { context: { viewport: { width: 1200, height: 800 } } })
    anna.page.on('pageerror', (e) => console.log('E', e.stack))
    anna.page.on('console', (m) => console.log('C', m.type(), m.text().slice(0, 600)))
    await gridOf(anna)
    const box = anna.office.locator('[data-u-comp="defined-name"] input')
    const active = () => anna.office.locator('body').evaluate(() => document.activeElement?.outerHTML.slice(0, 150))
    await anna.page.waitForTimeout(1500)
    console.log('before', await active())
    await box.fill('B5')
    await anna.page.keyboard.press('Enter')
    await anna.page.waitForTimeout(500)
    console.log('after', await active(), await box.inputValue())
    await anna.page.keyboard.type('42')
    await anna.page.waitForTimeout(200)
    console.log('typed', await active(), await box.inputValue())
    await anna.page.keyboard.press('Enter')
    await anna.page.waitForTimeout(1000)
    console.log('entered', await active(), await box.inputValue())
    console.log('problems', anna.problems, await anna.state(), setup.office.events.map(e=>[e.what, String(e.cause)]))
    await anna.leave()
  } finally { await setup.close(); await browser.close() }
}, 60000)
