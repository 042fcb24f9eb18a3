import type { NewPlace, Storage, StoredFile, User } from '@openwopi/host'
import type { EditorsTables } from '../editors/editors-table.ts'
import { cellFault } from '../faults/cell-fault.ts'
import type { CellFile } from '../files/cell-file.ts'
import { partitions } from '../known-guids.ts'
import type { CellLocks } from '../locks/cell-locks.ts'
import type { LockState } from '../locks/lock-state.ts'
import type { ContentState } from '../store/cell-content.ts'
import type { CellStore } from '../store/cell-store.ts'
import { flowing } from './flowing.ts'
import { freeName } from './free-name.ts'

/** What a file is made with that is not there yet. */
export interface NewFileOptions {
  readonly storage: Storage
  readonly store: CellStore
  readonly locks: CellLocks
  readonly editors: EditorsTables
  readonly user: User
  /** The file once it is there. */
  readonly fileOf: (fileId: string) => CellFile
  /** Is told of the file once it is there. */
  readonly changed: (file: StoredFile) => void
}

/** A file that comes to be with the first content that is put. Until then its cells are kept under its place. */
export interface NewFile {
  /** Under which it is known until it is there. */
  readonly file: string
  readonly about: CellFile
  readonly store: CellStore
  readonly locks: CellLocks
  readonly editors: EditorsTables
}

/** What is kept beside the content, and goes with it. */
const besideContent = Object.values(partitions).filter((partition) => partition !== partitions.content)

/** Begins with no file. */
export function newFile({ parentId, name }: NewPlace, options: NewFileOptions): NewFile {
  const { storage, store, locks, editors, user, fileOf, changed } = options
  const place = `new:${parentId}/${name}`
  let made: string | undefined
  /** Whether the cells of the content are still those that were put before there was a file. */
  let isWaiting = true
  /** A lock that was taken for the save that makes the file: nobody else can hold one of a file that is not there. */
  let taken: LockState
  const id = () => made ?? place
  const content = () => (made === undefined ? undefined : fileOf(made).content)

  async function make(pieces: readonly Uint8Array[]): Promise<ContentState | undefined> {
    const file = await storage.create(parentId, [name], flowing(pieces), { by: user })
    if (!file) throw cellFault('CoherencyFailure', 'there is a file of that name by now')
    made = file.id
    changed(file)
    for (const partition of besideContent) {
      const kept = await store.read({ file: place, partition })
      if (kept) await store.swap({ file: made, partition }, undefined, kept)
    }
    if (taken) await locks.swap(made, undefined, taken)
    return content()?.find()
  }

  return {
    file: place,
    about: {
      content: {
        find: async () => content()?.find(),
        read: async (version) => content()?.read(version),
        write: async (from, pieces, change) => content()?.write(from, pieces, change) ?? make(pieces),
      },
      freeName: () => freeName(storage, { parentId, name }),
    },
    store: {
      read: ({ partition }) => store.read({ file: id(), partition }),
      async swap({ partition }, from, to) {
        const isFirst = made !== undefined && isWaiting && partition === partitions.content
        if (!isFirst) return store.swap({ file: id(), partition }, from, to)
        isWaiting = false
        await store.forget({ file: place })
        return store.swap({ file: id(), partition }, undefined, to)
      },
      forget: (which) => store.forget({ ...which, file: id() }),
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
