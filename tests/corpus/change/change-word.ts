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
  const before = await paintedParagraph(seat, found)
  if (!found) await clickBehind(seat)
  else if (found.isAlone) await seat.page.mouse.click(found.x, found.y)
  else await seat.page.mouse.dblclick(found.x, found.y)
  await seat.page.keyboard.type(word)
  const why = await waitFor(() => paintedOr(seat), `${word} is painted`, 30_000)
  if (why !== null) return { is: 'read-only', why }
  const removed = removedFrom(before, await paintedParagraph(seat, found))
  return { is: 'changed', change: { removed, inserted: word } }
}

/** Puts the cursor at the end of the first paragraph that is not in a box; where all are, into the box. */
async function clickBehind({ office, page }: Seat): Promise<void> {
  const all = office.locator('.layout-page-content .layout-paragraph')
  const free = await all.evaluateAll((some) => some.findIndex((one) => one.closest('.layout-textbox') === null))
  const paragraph = all.nth(Math.max(0, free))
  await paragraph.scrollIntoViewIfNeeded()
  const box = await paragraph.boundingBox()
  if (!box) throw new Error('there is no paragraph to be seen')
  await page.mouse.click(box.x + box.width - 2, box.y + Math.min(box.height / 2, 300))
  await page.keyboard.press('End')
}

/** What a paragraph says on the pages. */
const paintedParagraph = ({ office }: Seat, found: PaintedWord | undefined): Promise<string> =>
  office
    .locator(`.layout-paragraph[data-para-id="${found?.paragraph ?? ''}"]`)
    .evaluateAll((parts) => parts.map((part) => part.textContent).join(''))

/** What was where the word is now. A double click may take more or less than a word: what is seen is what counts. */
function removedFrom(before: string, after: string): string {
  const at = Math.max(0, after.indexOf(word))
  const end = before.length - (after.length - at - word.length)
  return before.slice(at, Math.max(at, end))
}

/** `null`: the word can be seen. A sentence: the page says why not. */
async function paintedOr(seat: Seat): Promise<string | null | undefined> {
  if (await paints(seat)) return null
  const [why] = await seat.office.locator('.notice > p', { hasText: 'not changed here' }).allTextContents()
  return why
}

const paints = ({ office }: Seat) =>
  office
    .locator('.layout-page')
    .evaluateAll((pages, text) => pages.some((page) => page.textContent.includes(text)), word)

/** Looks at one page after the other. */
async function findWord({ office, page }: Seat): Promise<PaintedWord | undefined> {
  const pages = await office.locator('.layout-page').count()
  for (let step = 0; step < Math.min(pages * 3, 60); step++) {
    const found = await office.locator('body').evaluate(findPaintedWord)
    if (found) return found
    await page.mouse.move(640, 500)
    await page.mouse.wheel(0, 450)
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  }
  return undefined
}
