import { Plugin } from 'prosemirror-state'
import { isFollowed } from './steps.ts'

/**
 * Takes no change by whoever only reads: the editor would let them accept suggestions, and save nothing of it. What is
 * done after somebody else is taken.
 */
export const guardReading = (isReading: () => boolean): Plugin =>
  new Plugin({
    filterTransaction: (transaction) => !transaction.docChanged || isFollowed(transaction) || !isReading(),
  })
