import type { OpenedDocument, Person } from '../../../../src/session-messages.ts'
import type { NoticeAction } from '../../notices.ts'
import type { SharedDocument } from './connection.ts'

/** What a kind of document brings to be shown and edited together. */
export interface DocumentView {
  /** The document is here: for the first time, or begun anew. */
  show(shared: SharedDocument, isReadOnly: boolean): void | Promise<void>
  setReadOnly(isReadOnly: boolean): void
  setPeople(people: readonly Person[]): void
  focus(): void
  blur(): void
  /** What can be done with changes that the file does not take: nothing of them is thrown away unasked. */
  rescue(): readonly NoticeAction[]
  /** Whether something that is seen here has not been given to the connection. Absent: everything has, at once. */
  readonly isBehind?: boolean
  /** Gives everything to the connection. */
  flush?(): Promise<void>
  /** The office and this page have lost touch. */
  lostTouch(shared: SharedDocument): void
  /** Whether something here may be missing in a document that begins anew. */
  mayDiffer(before: SharedDocument): boolean
  /** Takes along from the document before what is missing in the one that is shown now. */
  bringAlong(): void
  /** Changes that somebody left behind fit to nothing any more. */
  offerLeftover(opened: OpenedDocument): void
}
