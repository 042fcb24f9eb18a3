import type { Seat } from '../../../apps/office/test/support/browser.ts'
import type { Changed } from './changed.ts'
import { meet } from './seat-state.ts'

const words = ' Zebrafink'

/** Writes a word at the end of the first paragraph of slides or of a text. */
export async function changeOutline(seat: Seat): Promise<Changed> {
  const paragraph = seat.office.locator('.outline .paragraph').first()
  const nothing = seat.office.getByText('There is no text in this document.')
  const met = await meet(seat, async () => (await paragraph.count()) > 0 || (await nothing.count()) > 0)
  if (met.is === 'read-only') return met
  if ((await paragraph.count()) === 0) return { is: 'read-only', why: (await nothing.textContent()) ?? '' }
  await paragraph.click()
  await seat.page.keyboard.press('End')
  await seat.page.keyboard.type(words)
  return { is: 'changed', change: { removed: '', inserted: words } }
}
