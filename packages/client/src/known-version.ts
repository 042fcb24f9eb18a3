import type { CheckFileInfo, Output } from '@openwopi/protocol'
import type { FileClient } from './client.ts'
import { holdsOnly, type Snapshot } from './snapshot.ts'
import { SessionLost } from './verdict.ts'

/** Which version of the file this session's content continues, and which writes of its own may have made it another. */
export interface KnownVersion {
  readonly version: string
  /** When the host last modified the file, as it spells it. */
  readonly timestamp: string | undefined
  /** Whether the file has to be looked at before the next write. */
  readonly isUnsure: boolean
  doubt(): void
  /** This snapshot was sent, and whether it arrived is not known. */
  sentInDoubt(snapshot: Snapshot): void
  /** The host has stored this snapshot. A host that does not say as which version is asked. */
  saved(snapshot: Snapshot, answer: Output<'putFile'>): Promise<void>
  read(version: string | undefined): void
  /** The next look takes the file as it is, whoever changed it. */
  overwrite(): void
  /** Looks whether the file is as this session left it. Gives the snapshot that was found in it; throws `SessionLost`. */
  look(): Promise<Snapshot | undefined>
}

interface KnownVersionOptions {
  readonly info: CheckFileInfo
  readonly check: () => Promise<CheckFileInfo>
  readonly getFile: () => ReturnType<FileClient['getFile']>
}

/** Whoever writes a third time in doubt knows the first one's fate no better; what is dropped can only look foreign. */
const mostDoubts = 3

export function createKnownVersion({ info, check, getFile }: KnownVersionOptions): KnownVersion {
  let version: string | undefined = info.Version
  let timestamp = info.LastModifiedTime || undefined
  /** A doubt that comes up while the host is being asked is not settled by its answer. */
  let doubts = 0
  let settled = 0
  let mayOverwrite = false
  let inDoubt: readonly Snapshot[] = []

  const adopt = (found: CheckFileInfo, doubtsThen: number) => {
    version = found.Version
    timestamp = found.LastModifiedTime || undefined
    settled = doubtsThen
    mayOverwrite = false
  }
  /** The own snapshot that the file holds, whole or cut off; `undefined`: it holds something else. */
  async function own(): Promise<{ snapshot: Snapshot; isWhole: boolean } | undefined> {
    for (const snapshot of inDoubt) {
      const found = await holdsOnly((await getFile()).content, snapshot)
      if (found !== 'other') return { snapshot, isWhole: found === 'all' }
    }
    return undefined
  }

  return {
    get version() {
      return version ?? ''
    },
    get timestamp() {
      return timestamp
    },
    get isUnsure() {
      return doubts > settled
    },
    doubt() {
      doubts++
    },
    overwrite() {
      mayOverwrite = true
    },
    sentInDoubt(snapshot) {
      doubts++
      inDoubt = [snapshot, ...inDoubt.filter((other) => other !== snapshot)].slice(0, mostDoubts)
    },
    async saved(snapshot, { version: made, saved }) {
      version = made
      timestamp = saved?.LastModifiedTime
      inDoubt = []
      if (made !== undefined) return
      // The save is done, whatever becomes of the question; without an answer the file is looked at before the next one.
      inDoubt = [snapshot]
      const asked = ++doubts
      await check().then(
        (found) => adopt(found, asked),
        () => undefined,
      )
    },
    read(readVersion) {
      version = readVersion ?? version
    },
    async look() {
      const asked = doubts
      const found = await check()
      // What is in doubt may still arrive, so it stays known until a save after it has been stored.
      const isExpected = found.Version === version || mayOverwrite
      const left = isExpected ? undefined : await own()
      if (!isExpected && !left) throw new SessionLost({ is: 'lost', why: 'changed' })
      adopt(found, asked)
      return left?.isWhole ? left.snapshot : undefined
    },
  }
}
