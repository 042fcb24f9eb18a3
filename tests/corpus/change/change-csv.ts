import { gridOf, typeInto } from '../../../apps/office/test/sheet/support.ts'
import type { Seat } from '../../../apps/office/test/support/browser.ts'
import type { Changed } from './changed.ts'
import { meet } from './seat-state.ts'

const word = 'Zebrafink'

/** Types into the second row of a table. */
export async function changeCsv(seat: Seat, bytes: Uint8Array): Promise<Changed> {
  const met = await meet(seat, async () => (await seat.office.locator('.grid canvas').count()) > 0)
  if (met.is === 'read-only') return met
  await gridOf(seat)
  await typeInto(seat, 'A2', word)
  return { is: 'changed', change: { removed: firstField(bytes), inserted: word } }
}

/** What the first field of the second line holds. */
function firstField(bytes: Uint8Array): string {
  const line = new TextDecoder().decode(bytes).split(/\r\n?|\n/)[1] ?? ''
  return (
    line
      .match(/^"([^"]*)"|^[^,;\t]*/)
      ?.slice(0, 2)
      .at(line.startsWith('"') ? 1 : 0) ?? ''
  )
}
