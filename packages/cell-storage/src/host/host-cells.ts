import type { Cells, CellsCall, Locks, Storage, StoredFile } from '@openwopi/host'
import { type CellStorageOptions, createCellStorage } from '../cell-storage.ts'
import { defaultEnvelopeLimits } from '../envelope/read-envelope.ts'
import type { CellContent } from '../store/cell-content.ts'
import { fileContent } from './file-content.ts'
import { type NewFile, newFile } from './new-file.ts'
import { slotLocks } from './slot-locks.ts'
import { watchedLocks } from './watched-locks.ts'

/** What cell storage in a host is made of. `locks` are those of the host: both protocols keep theirs in the same slots. */
export interface HostCellsOptions extends Omit<CellStorageOptions, 'locks'> {
  readonly storage: Storage
  readonly locks: Locks
}

/** Cell storage as a host offers it, about the files of its storage. */
export function hostCells(options: HostCellsOptions): Cells {
  const { storage, store, editors, limits = defaultEnvelopeLimits, now = Date.now } = options
  const slots = slotLocks({ locks: options.locks, find: (id) => storage.find(id), now })

  async function answer({ target, body, contentType, user, canWrite }: CellsCall) {
    let saved: StoredFile | undefined
    const { locks, isAsSeen, change } = watchedLocks(slots)
    const note = (file: StoredFile) => {
      saved = file
    }
    const contentOf = (id: string): CellContent =>
      fileContent(id, { storage, user, isStillFree: () => isAsSeen(id), saved: note })
    const { file, content, ...kept } = isThere(target)
      ? { file: target.id, content: contentOf(target.id), store, locks, editors }
      : made(newFile(target, { storage, store, locks, editors, user, contentOf, saved: note }))
    const cells = createCellStorage({ ...options, ...kept, limits, now })
    const answered = await cells.answer({
      body,
      ...(contentType !== undefined && { contentType }),
      file,
      content,
      caller: { login: user.id, name: user.name, isAnonymous: user.isAnonymous ?? false, canWrite },
    })
    const lock = change()
    return {
      text: answered.body,
      ...(answered.status === 200 && { contentType: answered.contentType }),
      ...(saved && { saved }),
      ...(lock && { lock }),
    }
  }

  return { longestBody: limits.maxBytes, answer }
}

const isThere = (target: CellsCall['target']): target is StoredFile => 'id' in target

const made = ({ id, ...file }: NewFile) => ({ ...file, file: id() })
