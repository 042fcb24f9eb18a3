import type { Content, Storage, StoredFile, User } from '@openwopi/host'
import { WopiError } from '@openwopi/protocol'
import type { AboutSave } from './failed-save.ts'
import { type Keeping, type KeptBody, keptBody } from './kept-body.ts'
import { putAside } from './put-aside.ts'
import type { SpooledSavesParts } from './spooled-saves.ts'

/** A save of which the client sends pieces. */
export interface SaveInPieces {
  /** The lock under which it is sent. */
  readonly lock: string
  /** The configured client that sends it. */
  readonly client: () => string | undefined
  /** What the client is told of what has been written for it in vain. */
  outcome?: string
}

/** What it takes. */
export interface SpooledWritesParts extends Pick<SpooledSavesParts, 'spool' | 'log' | 'now'> {
  readonly keeping: Keeping
  /** Has larger saves put aside as they come from now on. */
  readonly beWary: () => void
  /** The call that something is written for. `undefined`: what it has sent is kept elsewhere, or is no save. */
  readonly underWay: () => SaveInPieces | undefined
}

/**
 * The same storage. What is written for clients that send pieces is put aside where it cannot be stored: pieces mean nothing
 * without the file that they change, but what the host has made of both is a document.
 */
export function spooledWrites(storage: Storage, parts: SpooledWritesParts): Storage {
  async function keeping<T>(content: Content, about: About, write: (content: Content) => Promise<T>): Promise<T> {
    const save = parts.underWay()
    if (!save) return write(content)
    const body = keptBody(content, parts.keeping)
    try {
      return await write(body.content)
    } catch (error) {
      await failed(parts, save, { body, about, error })
      throw error
    } finally {
      await body.drop()
    }
  }

  return {
    ...storage,
    write: (file, content, change) =>
      keeping(content, ofFile(file, change), (kept) => storage.write(file, kept, change)),
    create(parentId, names, content, change) {
      const name: string | undefined = Array.isArray(names) ? names[0] : undefined
      const about = {
        kind: 'upload',
        folderId: parentId,
        ...(name !== undefined && { name }),
        user: change.by,
      } as const
      return keeping(content, about, (kept) => storage.create(parentId, names, kept, change))
    },
  }
}

type About = Omit<AboutSave, 'at' | 'why'>

const ofFile = (
  { id, name, parentId }: StoredFile,
  { by, editors }: { readonly by: User; readonly editors?: readonly string[] },
): About => ({
  kind: 'save',
  fileId: id,
  name,
  folderId: parentId,
  user: by,
  ...(editors && { editors: [...editors] }),
})

interface FailedWrite {
  readonly body: KeptBody
  readonly about: About
  readonly error: unknown
}

async function failed(parts: SpooledWritesParts, save: SaveInPieces, { body, about, error }: FailedWrite) {
  const why = whyFailed(error)
  if (why === undefined) return
  parts.beWary()
  const client = save.client()
  const { id, name } = about.user
  const whole: AboutSave = {
    ...about,
    at: parts.now(),
    user: { id, name },
    lock: save.lock,
    ...(client !== undefined && { client }),
    why: why instanceof Error ? why.message : String(why),
  }
  save.outcome = await putAside(parts, { about: whole, body, why, sizes: [] })
}

/** Why the storage failed. `undefined`: it is not the storage that did. */
function whyFailed(error: unknown): unknown {
  if (WopiError.is(error, 'ServerBusy') || WopiError.is(error, 'ServerError')) return error.cause
  if (error instanceof WopiError) return undefined
  // What the pieces are to be put into has been changed by somebody else.
  return error instanceof Error && error.name === 'MovedOn' ? undefined : error
}
