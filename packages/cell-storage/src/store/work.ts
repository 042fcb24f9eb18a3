import { cellFault } from '../faults/cell-fault.ts'
import { elementSize } from '../objects/element-size.ts'
import type { Partition } from './partition.ts'

/** How much one body may still have looked at. One body of some megabytes could keep a server busy for hours otherwise. */
export interface Work {
  left: number
}

/** Enough for a hundred questions about a file of 10,000 chunks, or for ten puts of 50 MB. */
export const usualWork = 10_000_000

/** What looking at an element once costs, and what a byte that is written does. */
const costs = { element: 10, byte: 1 / 64 } as const

/** Takes what looking through a partition costs. That too little is left is a `CellFault`. */
export function spendOnReading(work: Work | undefined, { elements }: Pick<Partition, 'elements'>): void {
  spend(work, costs.element * (1 + elements.size))
}

/** Takes what writing a partition costs. That too little is left is a `CellFault`. */
export function spendOnWriting(work: Work | undefined, { elements }: Pick<Partition, 'elements'>): void {
  let cost = 0
  for (const element of elements.values()) cost += costs.element + costs.byte * elementSize(element)
  spend(work, cost)
}

function spend(work: Work | undefined, cost: number): void {
  if (!work) return
  work.left -= cost
  if (work.left < 0) throw cellFault('StoreBusy', 'ask for less at once')
}
