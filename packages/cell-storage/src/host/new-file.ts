import type { NewPlace, Storage, StoredFile, User } from '@openwopi/host'
import type { EditorsTables } from '../editors/editors-table.ts'
import { cellFault } from '../faults/cell-fault.ts'
import { partitions } from '../known-guids.ts'
import type { CellLocks } from '../locks/cell-locks.ts'
import type { LockState } from '../locks/lock-state.ts'
import type { CellContent } from '../store/cell-content.ts'
import type { CellStore } from '../store/cell-store.ts'
import { flowing, stateOf } from './file-content.ts'

/** What a file is made with that is not there yet. */
export interface NewFileOptions {
  readonly storage: Storage
  readonly store: CellStore
  readonly locks: CellLocks
  readonly editors: EditorsTables
  readonly user: User
  /** The content of the file once it is there. */
  readonly contentOf: (fileId: string) => CellContent
  /** Is told of the file once it is there. */
  readonly saved: (file: StoredFile) => void
}

/** A file that comes to be with the first content that is put. Until then its cells are kept under its place. */
export interface NewFile {
  readonly content: CellContent
  readonly store: CellStore
  readonly locks: CellLocks
  readonly editors: EditorsTables
  /** Under which id the file is known now. */
  id(): string
}

/** What is kept beside the content, and goes with it. */
const besideContent = Object.values(partitions).filter((partition) => partition !== partitions.content)

/** Begins with no file. */
export function newFile({ parentId, name }: NewPlace, options: NewFileOptions): NewFile {
  const { storage, store, locks, editors, user, contentOf, saved } = options
  const before = `new:${parentId}/${name}`
  let made: string | undefined
  /** Whether the cells of the content are still those that were put before there was a file. */
  let isWaiting = true
  /** A lock that was taken for the save that makes the file: nobody else can hold one of a file that is not there. */
  let taken: LockState
  const id = () => made ?? before

  async function make(pieces: readonly Uint8Array[]) {
    const file = await storage.create(parentId, [name], flowing(pieces), { by: user })
    if (!file) throw cellFault('CoherencyFailure', 'there is a file of that name by now')
    made = file.id
    saved(file)
    for (const partition of besideContent) {
      const kept = await store.read({ file: before, partition })
      if (kept) await store.swap({ file: made, partition }, undefined, kept)
    }
    if (taken) await locks.swap(made, undefined, taken)
    return stateOf(file)
  }

  return {
    id,
    content: {
      find: async () => (made === undefined ? undefined : contentOf(made).find()),
      read: async (version) => (made === undefined ? undefined : contentOf(made).read(version)),
      write: async (from, pieces) => (made === undefined ? make(pieces) : contentOf(made).write(from, pieces)),
    },
    store: {
      read: ({ partition }) => store.read({ file: id(), partition }),
      async swap({ partition }, from, to) {
        const isFirst = made !== undefined && isWaiting && partition === partitions.content
        if (!isFirst) return store.swap({ file: id(), partition }, from, to)
        isWaiting = false
        await store.forget({ file: before })
        return store.swap({ file: id(), partition }, undefined, to)
      },
      forget: (place) => store.forget({ ...place, file: id() }),
    },
    editors: {
      read: () => editors.read(id()),
      swap: (_, expected, next) => editors.swap(id(), expected, next),
    },
    locks: {
      read: async () => (made === undefined ? taken : locks.read(made)),
      async swap(_, expected, next) {
        if (made !== undefined) return locks.swap(made, expected, next)
        taken = next
        return true
      },
      foreign: async () => (made === undefined ? undefined : locks.foreign(made)),
    },
  }
}
