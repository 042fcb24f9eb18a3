import type { CellFault } from './binary/cell-fault.ts'
import type { CellErrorCode } from './envelope/error-codes.ts'
import type { CellSubAnswer } from './envelope/sub-request.ts'

/** What the host has said no with. Nothing has changed. */
export interface CellRefusal {
  readonly is: 'refused'
  readonly code: CellErrorCode
  /** What the host says about it; of a lock, who holds it. */
  readonly message?: string
  /** Of what came too late to become a file of its name: a name that is free, where the host says one. */
  readonly suggestedName?: string
  /** Of a `Cell` sub-request: why, in the numbers of the binary layer. */
  readonly fault?: CellFault
}

/** What was asked for, or why it was refused. */
export type CellResult<T extends object = Record<never, never>> = ({ readonly is: 'done' } & T) | CellRefusal

/** The refusal that an answer is. */
export const refusalOf = (
  { code, message, suggestedName }: CellSubAnswer & { readonly code: CellErrorCode },
  fault?: CellFault,
): CellRefusal => ({
  is: 'refused',
  code,
  ...(message !== undefined && { message }),
  ...(suggestedName !== undefined && { suggestedName }),
  ...(fault && { fault }),
})

/** What an answer gives if it is none that refuses. */
export function resultOf<T extends object>(answer: CellSubAnswer, given: (answer: CellSubAnswer) => T): CellResult<T> {
  const { code } = answer
  return code === undefined ? { is: 'done', ...given(answer) } : refusalOf({ ...answer, code })
}
