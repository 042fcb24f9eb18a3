import type { Seat } from '../../../apps/office/test/support/browser.ts'
import type { Changed } from './changed.ts'
import { meet } from './seat-state.ts'

const words = 'Zebrafink was here'

/** Puts a note on the first page of a PDF. */
export async function changePdf(seat: Seat): Promise<Changed> {
  const add = seat.office.getByRole('button', { name: 'Add a note' })
  const met = await meet(seat, () => add.isVisible())
  if (met.is === 'read-only') return met
  await add.click()
  await seat.page.keyboard.type(words)
  return { is: 'changed', change: { removed: '', inserted: words } }
}
