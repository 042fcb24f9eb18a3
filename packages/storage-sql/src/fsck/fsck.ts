import type { Store } from '../store.ts'
import { checkCells } from './check-cells.ts'
import { checkContents, checkPresence } from './check-contents.ts'
import { checkGuards, checkOthers } from './check-guards.ts'
import { checkHeads } from './check-heads.ts'
import { checkTree } from './check-tree.ts'
import type { Fault, FsckOptions } from './fault.ts'

/**
 * Looks for everything that can be wrong with a database and its blob store, while people may go on working. What nothing
 * refers to is no fault: `unreferenced` lists it, and `sweep` sees to it. Throws where a store cannot be asked: nothing is called lost for that.
 */
export async function* fsck(store: Store, options: FsckOptions = {}): AsyncGenerator<Fault> {
  const checking = { store, ...options }
  yield* checkTree(checking)
  yield* checkHeads(checking)
  yield* checkGuards(checking)
  yield* options.isQuick ? checkPresence(checking) : checkContents(checking)
  yield* checkOthers(checking)
  if (!options.isQuick) yield* checkCells(checking)
}
