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

/** For each place of `from`, where its counterpart is in `to`; `undefined` where it has none. */
export function counterparts(from: readonly string[], to: readonly string[]): readonly (number | undefined)[] {
  const found: (number | undefined)[] = Array.from({ length: from.length })
  for (const step of stepsBetween(from, to)) if (step.is === 'kept') found[step.from] = step.to
  return found
}
