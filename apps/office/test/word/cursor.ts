import type { Locator } from 'playwright-core'
import type { Seat } from '../support/browser.ts'
import { until } from '../support/setup.ts'

/** A page in which a Word document is open. */
export type WordPage = Pick<Seat, 'page' | 'office'>

/** Text on the pages, as it is painted. */
export const painted = ({ office }: WordPage, text: string): Locator =>
  office.locator('.word[aria-busy=false]').getByText(text).first()

/** Puts the cursor into a line with some text. The editor has taken the click when this resolves. */
export async function clickInto(page: WordPage, text: string): Promise<void> {
  await painted(page, text).click()
  await until(async () => (await cursorBeside(page, text)) !== undefined, `the cursor stands in the line of "${text}"`)
}

/** Puts the cursor at the end of a line with some text, and types. */
export async function typeBehind(page: WordPage, text: string, words: string): Promise<void> {
  await clickInto(page, text)
  await page.page.keyboard.press('End')
  await cursorBehind(page, text)
  await page.page.keyboard.type(words)
}

/** Waits until the cursor is at the end of a line: the editor moves it later than keys and clicks come. */
export const cursorBehind = (page: WordPage, text: string): Promise<true> =>
  until(async () => (await cursorBeside(page, text)) === 'at the end', `the cursor stands behind "${text}"`)

/** The part of the editor that takes key strokes. */
export const focused = ({ office }: WordPage): Locator => office.locator('.ProseMirror-focused').first()

/** The first line of what the editor has selected. */
export const selected = ({ office }: WordPage): Locator => office.getByTestId('selection-rect-0')

/** Where the editor's cursor is in the line of some text. `undefined`: in another one, or the line is being painted. */
const cursorBeside = ({ office }: WordPage, text: string) =>
  office.locator('.word[aria-busy=false]').evaluate((word, sought) => {
    const cursor = word.querySelector('[data-testid=caret]')?.getBoundingClientRect()
    const line = [...word.querySelectorAll('.layout-line')].find(({ textContent }) => textContent.includes(sought))
    const box = line?.getBoundingClientRect()
    const end = line?.lastElementChild?.getBoundingClientRect().right
    const focused = document.activeElement?.classList.contains('ProseMirror')
    if (!cursor || !box || end === undefined || !focused) return undefined
    const middle = cursor.top + cursor.height / 2
    if (middle < box.top || middle > box.bottom || cursor.left > end + 3) return undefined
    return cursor.left >= end - 2 ? ('at the end' as const) : ('before the end' as const)
  }, text)
