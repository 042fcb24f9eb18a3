import type { Seat } from '../../../apps/office/test/support/browser.ts'
import type { Changed } from './changed.ts'
import { findPaintedWord, type PaintedWord } from './painted-word.ts'
import { meet, waitFor } from './seat-state.ts'

const word = 'Zebrafink'

/**
 * Puts another word in the place of one of a Word document. Into one that stands alone it is written; where there is
 * none, it becomes the first.
 */
export async function changeWord(seat: Seat): Promise<Changed> {
  const editor = seat.office.locator('.word[aria-busy=false]')
  const met = await meet(seat, () => editor.locator('[data-testid=formatting-bar]').first().isVisible())
  if (met.is === 'read-only') return met
  await seat.office.locator('.layout-page').first().waitFor()
  const found = await findWord(seat)
  if (!found) await seat.page.keyboard.press('Control+End')
  else if (found.isAlone) await seat.page.mouse.click(found.x, found.y)
  else await seat.page.mouse.dblclick(found.x, found.y)
  await seat.page.keyboard.type(word)
  await waitFor(async () => (await paints(seat)) || undefined, `${word} is painted`, 30_000)
  return { is: 'changed', change: { removed: found && !found.isAlone ? found.text : '', inserted: word } }
}

const paints = ({ office }: Seat) =>
  office
    .locator('.layout-page')
    .evaluateAll((pages, text) => pages.some((page) => page.textContent.includes(text)), word)

/** Looks at one page after the other. */
async function findWord({ office, page }: Seat): Promise<PaintedWord | undefined> {
  const pages = await office.locator('.layout-page').count()
  for (let step = 0; step < Math.min(pages * 2, 20); step++) {
    const found = await office.locator('body').evaluate(findPaintedWord)
    if (found) return found
    await page.mouse.move(640, 500)
    await page.mouse.wheel(0, 450)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  }
  return undefined
}
