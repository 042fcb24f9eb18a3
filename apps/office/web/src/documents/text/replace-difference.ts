import type * as Y from 'yjs'
import { difference } from '../../../../src/documents/text/difference.ts'

/** Makes a shared text say what is wanted, and touches only the stretch in which they differ. */
export function replaceDifference(text: Y.Text, wanted: string): void {
  const { start, end, inserted } = difference(text.toString(), wanted)
  text.doc?.transact(() => {
    text.delete(start, end - start)
    text.insert(start, inserted)
  })
}
