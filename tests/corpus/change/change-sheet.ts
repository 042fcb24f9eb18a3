import { goTo, gridOf, spoken, typeInto } from '../../../apps/office/test/sheet/support.ts'
import type { Seat } from '../../../apps/office/test/support/browser.ts'
import type { Changed } from './changed.ts'
import { meet, waitFor } from './seat-state.ts'
import { type Target, targetCells } from './target-cells.ts'

/** Types into a cell of a workbook: into the first of some that takes it. */
export async function changeSheet(seat: Seat, bytes: Uint8Array): Promise<Changed> {
  const met = await meet(seat, async () => (await seat.office.locator('.grid canvas').count()) > 0)
  if (met.is === 'read-only') return met
  await gridOf(seat)
  let why = 'There is no cell to type into.'
  for (const target of targetCells(bytes)) {
    const refusal = await tryToType(seat, target)
    if (refusal === undefined) return { is: 'changed', change: changeOf(target) }
    why = refusal
  }
  return { is: 'read-only', why }
}

const changeOf = ({ sheet, name, text }: Target) => ({ removed: '', inserted: text, cell: { sheet, name } })

/** Why a cell does not take what is typed. `undefined`: it has taken it. */
async function tryToType(seat: Seat, { name, text }: Target): Promise<string | undefined> {
  const { office } = seat
  await goTo(seat, name)
  const before = await spoken(seat)
  await typeInto(seat, name, text)
  const refusal = office.locator('.notice > p', { hasText: `${name} is not changed here` })
  return waitFor(
    async () => {
      if (await refusal.isVisible()) return (await refusal.textContent()) ?? ''
      await goTo(seat, name)
      const after = await spoken(seat)
      return after.startsWith(`${name}:`) && after !== before ? null : undefined
    },
    `${name} holds ${text}`,
    20_000,
  ).then((said) => said ?? undefined)
}
