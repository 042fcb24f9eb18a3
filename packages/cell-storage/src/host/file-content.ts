import type { Content, Storage, StoredFile, User } from '@openwopi/host'
import { resultFault } from '../faults/cell-fault.ts'
import type { CellContent, ContentState } from '../store/cell-content.ts'

/** What the content of a file is read from and written to. */
export interface FileContentOptions {
  readonly storage: Storage
  readonly user: User
  /** Whether who was let in by the lock that held still is, by that which holds now. */
  readonly isStillFree: () => Promise<boolean>
  /** Is told of each file that has been written. */
  readonly saved: (file: StoredFile) => void
}

/** The content of a file that is there. */
export function fileContent(fileId: string, options: FileContentOptions): CellContent {
  const { storage, user, isStillFree, saved } = options
  return {
    async find() {
      return stateOf(await storage.find(fileId))
    },
    async read(version) {
      const file = await storage.find(fileId)
      const content = file?.version === version ? await storage.read(file) : undefined
      return content && gathered(content)
    },
    async write(from, pieces) {
      const file = await storage.find(fileId)
      if (!file || file.version !== from) return undefined
      let isFree = true
      const decide = async (present: StoredFile) => {
        isFree = await isStillFree()
        return isFree && present.version === from ? 'replace' : 'refuse'
      }
      const written = await storage.write(file, flowing(pieces), { by: user, decide })
      if (!isFree) throw lockViolation()
      if (written) saved(written)
      return stateOf(written)
    },
  }
}

const lockViolation = () => resultFault('LockViolation', 'somebody has locked the file meanwhile')

/** What cell storage wants to know of a file. */
export const stateOf = (file: StoredFile | undefined): ContentState | undefined =>
  file && { version: file.version, size: file.size, modifiedAt: file.modifiedAt }

/** Pieces that lie in memory, as they flow. */
export async function* flowing(pieces: readonly Uint8Array[]): Content {
  yield* pieces
}

async function gathered(content: Content): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks)
}
