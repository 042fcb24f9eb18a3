import type * as Y from 'yjs'
import type { SharedDocument } from '../open/connection.ts'

/** A text that people share, and where its cursors are. */
export interface SharedText {
  readonly text: Y.Text
  readonly awareness: SharedDocument['awareness']
}
