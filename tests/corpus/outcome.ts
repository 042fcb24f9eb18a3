import type { Change } from './compare/change.ts'

/** What came of changing a document. */
export interface Outcome {
  /**
   * `kept`: the change is in the file, and all else is as before. `read-only`: it was shown, and not changed, with a
   * reason. `refused`: something was typed, and was not saved, with a reason. `wrong`: anything else.
   */
  readonly is: 'kept' | 'read-only' | 'refused' | 'wrong'
  /** Why it was not kept, as sentences. */
  readonly why: string
  readonly change?: Change
  /** Formulas that have come to something else. */
  readonly recalculated?: readonly string[]
  /** What LibreOffice says, which was asked about what is kept. Absent: the bytes say all. */
  readonly second?: 'agrees' | 'cannot read it'
}
