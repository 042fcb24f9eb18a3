import type { CellFault } from './binary/cell-fault.ts'
import type { CellErrorCode } from './envelope/error-codes.ts'
import type { CellSubAnswer } from './envelope/sub-request.ts'

/** What the host has said no with. Nothing has changed. */
export interface CellRefusal {
  readonly is: 'refused'
  readonly code: CellErrorCode
  /** What the host says about it; of a lock, who holds it. */
  readonly message?: string
  /** Of a `Cell` sub-request: why, in the numbers of the binary layer. */
  readonly fault?: CellFault
}

/** What was asked for, or why it was refused. */
export type CellResult<T extends object = Record<never, never>> = ({ readonly is: 'done' } & T) | CellRefusal

/** The refusal that an answer is. */
export const refusalOf = (
  { code, message }: CellSubAnswer & { readonly code: CellErrorCode },
  fault?: CellFault,
): CellRefusal => ({ is: 'refused', code, ...(message !== undefined && { message }), ...(fault && { fault }) })

/** What an answer gives if it is none that refuses. */
export function resultOf<T extends object>(answer: CellSubAnswer, given: (answer: CellSubAnswer) => T): CellResult<T> {
  const { code } = answer
  return code === undefined ? { is: 'done', ...given(answer) } : refusalOf({ ...answer, code })
}
