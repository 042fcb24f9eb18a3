import { diff } from 'fast-myers-diff'

/** A step from one row to another. */
export type Step =
  | { readonly is: 'kept'; readonly from: number; readonly to: number }
  | { readonly is: 'gone'; readonly from: number }
  | { readonly is: 'new'; readonly to: number }

/** The fewest steps that make `to` of `from`, in order. */
export function stepsBetween(from: readonly string[], to: readonly string[]): readonly Step[] {
  const steps: Step[] = []
  let [one, other] = [0, 0]
  const keepUntil = (end: number) => {
    while (one < end) steps.push({ is: 'kept', from: one++, to: other++ })
  }
  for (const [fromStart, fromEnd, toStart, toEnd] of diff(from, to)) {
    keepUntil(fromStart)
    while (one < fromEnd) steps.push({ is: 'gone', from: one++ })
    other = toStart
    while (other < toEnd) steps.push({ is: 'new', to: other++ })
  }
  keepUntil(from.length)
  return steps
}

/** Steps as `stepsBetween` has them; what is the very same at both ends, by `exactly`, is not looked at further. */
export function stepsInside(from: Row, to: Row): readonly Step[] {
  const most = Math.min(from.exactly.length, to.exactly.length)
  let front = 0
  while (front < most && from.exactly[front] === to.exactly[front]) front++
  let back = 0
  while (back < most - front && from.exactly.at(-1 - back) === to.exactly.at(-1 - back)) back++
  const middle = ({ loosely }: Row) => loosely.slice(front, loosely.length - back)
  const kept = (index: number, shift: number): Step => ({ is: 'kept', from: index, to: index + shift })
  return [
    ...Array.from({ length: front }, (_, index) => kept(index, 0)),
    ...stepsBetween(middle(from), middle(to)).map((step) => shifted(step, front)),
    ...Array.from({ length: back }, (_, index) =>
      kept(from.loosely.length - back + index, to.loosely.length - from.loosely.length),
    ),
  ]
}

/** The same things, as two that differ only in their looks are told apart, and as they are not. */
export interface Row {
  readonly exactly: readonly string[]
  readonly loosely: readonly string[]
}

function shifted(step: Step, by: number): Step {
  if (step.is === 'kept') return { ...step, from: step.from + by, to: step.to + by }
  return step.is === 'gone' ? { ...step, from: step.from + by } : { ...step, to: step.to + by }
}

/** For each place of `from`, where its counterpart is in `to`; `undefined` where it has none. */
export function counterparts(from: readonly string[], to: readonly string[]): readonly (number | undefined)[] {
  const found: (number | undefined)[] = Array.from({ length: from.length })
  for (const step of stepsBetween(from, to)) if (step.is === 'kept') found[step.from] = step.to
  return found
}
