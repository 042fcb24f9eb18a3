import {
  byteBudget,
  type Cells,
  type CellsAnswer,
  type CellsCall,
  type Locks,
  type Storage,
  type StoredFile,
  type User,
  type Versions,
} from '@openwopi/host'
import { type CellStorageOptions, createCellStorage } from '../cell-storage.ts'
import { defaultEnvelopeLimits } from '../envelope/read-envelope.ts'
import type { CellFile } from '../files/cell-file.ts'
import { type CallMemory, callMemory } from './call-memory.ts'
import { hostFile } from './host-file.ts'
import { type NewFile, newFile } from './new-file.ts'
import { slotLocks } from './slot-locks.ts'
import { watchedLocks } from './watched-locks.ts'

/** What cell storage in a host is made of. `locks` are those of the host: both protocols keep theirs in the same slots. */
export interface HostCellsOptions extends Omit<CellStorageOptions, 'locks'> {
  readonly storage: Storage
  readonly locks: Locks
  /** Told to those who may write. Absent: what files were is not told. */
  readonly versions?: Versions
  /**
   * What the server tells a user of a file beside its content, by ids that it and its clients know. None: such requests are
   * answered, and nothing is told. Absent: they are not supported.
   */
  readonly properties?: (fileId: string, user: User) => Promise<Readonly<Record<string, string>>>
  /** How much memory large bodies and files may take at once, in bytes. 512 MiB unless said otherwise. */
  readonly memory?: number
  /** How long who finds none of it waits before they are told to come again, in milliseconds. 30,000 unless said otherwise. */
  readonly patience?: number
}

/** How many calls may wait for memory at once. */
const mostWaiting = 100

/** Cell storage as a host offers it, about the files of its storage. */
export function hostCells({
  storage,
  versions,
  properties,
  memory = 512 * 2 ** 20,
  patience = 30_000,
  ...options
}: HostCellsOptions): Cells {
  const { store, editors, limits = defaultEnvelopeLimits, now = Date.now } = options
  const slots = slotLocks({ locks: options.locks, find: (id) => storage.find(id), now })
  const cells = createCellStorage({ ...options, locks: slots, limits, now })

  const half = () => byteBudget({ bytes: memory / 2, mostWaiting, patience })
  const budgets = { bodies: half(), files: half() }

  async function answer(call: CellsCall): Promise<CellsAnswer> {
    const held = callMemory(budgets)
    try {
      return { ...(await answerWithin(held, call)), release: held.release }
    } catch (error) {
      held.release()
      throw error
    }
  }

  async function answerWithin(
    held: CallMemory,
    { target, body, size, contentType, ...by }: CellsCall,
  ): Promise<CellsAnswer> {
    const { user, canWrite, canRename } = by
    const before = isThere(target) ? target : undefined
    let after: StoredFile | undefined
    const changed = (file: StoredFile) => {
      after = file
    }
    const { locks, isAsSeen, change } = watchedLocks(slots)
    const fileOf = (id: string): CellFile => {
      const isStillFree = () => isAsSeen(id)
      return hostFile(id, {
        ...{ storage, user, canRename, isStillFree, changed },
        ...(canWrite && versions && { versions }),
        ...(properties && { properties }),
      })
    }
    const { about, file, ...kept }: NewFile = isThere(target)
      ? { file: target.id, about: fileOf(target.id), store, locks, editors }
      : newFile(target, { storage, store, locks, editors, user, fileOf, changed })
    const answered = await cells.answer({
      ...{ ...about, ...kept, file, content: held.file(about.content) },
      body: held.body(body, size ?? limits.maxBytes),
      ...(size !== undefined && { size }),
      ...(contentType !== undefined && { contentType }),
      caller: { login: user.id, name: user.name, isAnonymous: user.isAnonymous ?? false, canWrite },
    })
    const lock = change()
    return {
      text: answered.body,
      ...(answered.status === 200 && { contentType: answered.contentType }),
      ...(after && after.version !== before?.version && { saved: after }),
      ...(after && before && after.name !== before.name && { renamed: after }),
      ...(lock && { lock }),
    }
  }

  return { longestBody: limits.maxBytes, answer }
}

const isThere = (target: CellsCall['target']): target is StoredFile => 'id' in target
