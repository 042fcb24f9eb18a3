import type { FrameLocator, Page } from 'playwright-core'
import { typeBehind as typeBehindIn } from '../../apps/office/test/word/cursor.ts'
import { editing } from '../../apps/office/test/word/support.ts'
import { until } from './desk.ts'

/** The office client inside a host's page. */
export const officeIn = (page: Page): FrameLocator => page.frameLocator('iframe[name="office_frame"]')

/** Puts the cursor at the end of a line of a Word document, and types. */
export async function typeBehind(page: Page, line: string, words: string): Promise<void> {
  const word = { page, office: officeIn(page) }
  await editing(word)
  await typeBehindIn(word, line, words)
}

/** Types into a cell of a workbook. */
export async function typeInto(page: Page, cell: string, text: string): Promise<void> {
  const editor = officeIn(page)
  const isReady = () =>
    editor.locator('.grid [contenteditable]').evaluateAll((all) => all.some((one) => one === document.activeElement))
  await editor.locator('.grid canvas').first().waitFor()
  await until(isReady, 'the grid takes key strokes')
  await editor.locator('.grid [data-u-comp="defined-name"] input').fill(cell)
  await page.keyboard.press('Enter')
  await until(isReady, 'the cell takes key strokes')
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}
