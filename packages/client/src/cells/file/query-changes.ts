import { BadAnswer } from '../../failures.ts'
import { askCells } from '../ask-cells.ts'
import type { Guid } from '../binary/guid.ts'
import type { CellWire } from '../cell-wire.ts'
import type { CellResult } from '../refusal.ts'
import { type KnownCells, withAnswer } from './known-cells.ts'

/** All that has changed in a partition since what is known of it, however many answers it comes in. */
export async function queryChanges(
  wire: CellWire,
  before: KnownCells,
  partition?: Guid,
): Promise<CellResult<{ readonly known: KnownCells; readonly attributes: Readonly<Record<string, string>> }>> {
  for (let known = before; ; ) {
    const question = { ask: 'changes', knowledge: known.knowledge, mostBytes: wire.mostBytes } as const
    const answer = await askCells(wire, question, {
      ...(partition && { partition }),
      attributes: { GetFileProps: 'true' },
    })
    if (answer.is === 'refused') return answer
    const next = withAnswer(known, answer.response)
    if (!next.isPartial) return { is: 'done', known: next, attributes: answer.attributes }
    if (next.elements.size === known.elements.size) throw new BadAnswer('the host promises more cells and sends none')
    known = next
  }
}
