import { join } from 'node:path'
import type { CellStore, EditorsTables } from '@openwopi/cell-storage'
import type { User } from '@openwopi/host'
import { type FolderStorage, folderStorage } from '@openwopi/storage-folder'
import { type OpenBlobs, openBlobs, type SqlStorage, sqlStorage } from '@openwopi/storage-sql'
import type { Config } from '../config.ts'
import type { Events } from '../events.ts'
import { causeOf, type Log } from '../log-event.ts'
import { observeFolder } from '../observe-folder.ts'
import { usualPatience } from '../spool/options.ts'
import { inTime } from './in-time.ts'
import type { LastSeen } from './last-seen.ts'

/** The files that are served, wherever they lie, as every port a host and its pages use. */
export interface Files extends Pick<FolderStorage, keyof FolderStorage & keyof SqlStorage> {
  /** The time by which locks are judged, where several servers have to agree on it. Absent: this machine's. */
  readonly now?: () => number
  /** Where cells of the files are kept, and who has them open through these. Absent: the files have no place for them. */
  readonly cellStore?: CellStore
  readonly cellEditors?: EditorsTables
  /** What a file was called and where it lay when it was looked at last. Absent: it can be asked for at any time. */
  readonly lastSeen?: LastSeen['of']
  /** Has every write fail that is under way and has not been allowed to become visible. Absent: none takes that long. */
  readonly giveUp?: () => void
}

/** Who is told what the files do by themselves. */
export interface FileWatchers {
  readonly events: Events
  readonly log: Log
  readonly now?: (() => number) | undefined
}

/** How often what nothing refers to any more is looked for, in milliseconds. Any server of a database may do it. */
const sweepEvery = 60 * 60_000

/** How often one of them goes through all contents for it, in milliseconds: a store may count what it is asked. */
const lookEvery = 24 * 60 * 60_000

/** Opens them where the configuration says they are. */
export async function openFiles(config: Config, owner: User, { events, log, now }: FileWatchers): Promise<Files> {
  const options = { keepVersions: config.keepVersions, ownerId: owner.id, ...(now && { now }) }
  if (config.database === undefined) {
    const { folder, dataFolder } = config
    return folderStorage({ ...options, folder, dataFolder, observe: observeFolder(events, log) })
  }
  const { database, blobs: place = join(config.dataFolder, 'blobs') } = config
  const blobs = await openBlobs(place)
  const files = await sqlStorage({
    ...options,
    database,
    blobs,
    observe: ({ what, key, count, cause }) =>
      log({
        level: cause === undefined ? 'debug' : 'warn',
        event: 'storage',
        what,
        ...(key !== undefined && { blob: key }),
        ...(count !== undefined && { count }),
        ...(cause !== undefined && causeOf(cause)),
      }),
  })
  const { storagePatience: patience = usualPatience } = config
  const kept = swept({ ...files, close: () => closedInTime(files, blobs) }, log)
  return inTime(kept, { patience, log, now: files.now })
}

/** How long calls that are still under way get to end, in milliseconds. What they leave is swept. */
const closesWithin = 2000

async function closedInTime(files: SqlStorage, blobs: OpenBlobs): Promise<void> {
  const timer = setTimeout(blobs.close, closesWithin)
  await files.close().finally(() => clearTimeout(timer))
  blobs.close()
}

/** Has what nothing refers to any more swept away as long as it is open. */
function swept(files: SqlStorage, log: Log): Files {
  let sweeping: Promise<unknown> = Promise.resolve()
  const sweep = () => {
    sweeping = files
      .sweep({ lookEvery })
      .catch((error: unknown) => log({ level: 'warn', event: 'not swept', ...causeOf(error) }))
  }
  const timer = setInterval(sweep, sweepEvery).unref()
  return {
    ...files,
    async close() {
      clearInterval(timer)
      await sweeping
      await files.close()
    },
  }
}
