import { isValidName, type Storage, type StoredFile, splitName, type User, type Versions } from '@openwopi/host'
import { resultFault } from '../faults/cell-fault.ts'
import type { CellFile, CellVersions, RenameOutcome } from '../files/cell-file.ts'
import type { CellContent, ContentChange, ContentState } from '../store/cell-content.ts'
import { type FileAuthors, fileAuthors } from './file-authors.ts'
import { flowing, gathered } from './flowing.ts'
import { freeName } from './free-name.ts'

/** What a file of a host is read from and written to, on behalf of one caller. */
export interface HostFileOptions {
  readonly storage: Storage
  /** Absent: what the file was is not kept, or not told. */
  readonly versions?: Versions
  readonly user: User
  readonly canRename: boolean
  /** What the server tells a user of a file beside its content. Absent: that is not supported. */
  readonly properties?: (fileId: string, user: User) => Promise<Readonly<Record<string, string>>>
  /** Whether whoever was let in by the lock that held still is, by that which holds now. */
  readonly isStillFree: () => Promise<boolean>
  /** Is told of the file once it has been written or renamed. */
  readonly changed: (file: StoredFile) => void
}

/** A file of a host, as cell storage has it before it. */
export function hostFile(fileId: string, options: HostFileOptions): Required<Pick<CellFile, 'content'>> & CellFile {
  const { versions, properties } = options
  return {
    content: contentOf(fileId, options),
    ...(versions && { versions: versionsOf(fileId, { ...options, versions }) }),
    rename: (name) => renamed(fileId, name, options),
    async freeName() {
      const file = await options.storage.find(fileId)
      return file && freeName(options.storage, file)
    },
    ...(properties && { properties: () => properties(fileId, options.user) }),
  }
}

function contentOf(fileId: string, options: HostFileOptions): CellContent {
  const { storage, versions } = options
  const known = new Map<string, FileAuthors>()

  /** Who has made the file and its version, which stays so: asked for once. */
  async function authorsOf(file: StoredFile): Promise<FileAuthors> {
    const authors = known.get(file.version) ?? fileAuthors(file, (await versions?.list(fileId)) ?? [])
    known.set(file.version, authors)
    return authors
  }

  async function stateOf(file: StoredFile | undefined): Promise<ContentState | undefined> {
    if (!file) return undefined
    const { version, size, modifiedAt } = file
    return { version, size, modifiedAt, ...(await authorsOf(file)) }
  }

  return {
    async find() {
      return stateOf(await storage.find(fileId))
    },
    async read(version) {
      const file = await storage.find(fileId)
      const content = file?.version === version ? await storage.read(file) : undefined
      return content && file && gathered(content, file.size)
    },
    async write(from, pieces, { amongOthers = false }: Partial<ContentChange> = {}) {
      const written = await replaced(fileId, { from, pieces, isAutosave: amongOthers }, options)
      if (written === 'locked') throw resultFault('LockViolation', 'somebody has locked the file meanwhile')
      return stateOf(written)
    },
  }
}

interface Replacement {
  /** The version that is replaced, and no other one. */
  readonly from: string | undefined
  readonly pieces: readonly Uint8Array[]
  /** Whether the version that it makes may be thinned out. */
  readonly isAutosave?: boolean
}

/** `undefined`: the file is not at that version any more. */
async function replaced(
  fileId: string,
  { from, pieces, isAutosave = false }: Replacement,
  { storage, user, isStillFree, changed }: HostFileOptions,
): Promise<StoredFile | undefined | 'locked'> {
  const file = await storage.find(fileId)
  if (!file || file.version !== from) return undefined
  let isFree = true
  const written = await storage.write(file, flowing(pieces), {
    by: user,
    ...(isAutosave && { isAutosave }),
    decide: async (present) => {
      isFree = await isStillFree()
      return isFree && present.version === from ? 'replace' : 'refuse'
    },
  })
  if (!isFree) return 'locked'
  if (written) changed(written)
  return written
}

function versionsOf(fileId: string, options: HostFileOptions & { readonly versions: Versions }): CellVersions {
  const { storage, versions } = options
  const read = async (version: string) => {
    const found = (await versions.list(fileId)).find((each) => each.version === version)
    const content = found && (await versions.read(fileId, version))
    return content && gathered(content, found.size)
  }
  return {
    read,
    async list() {
      if (!(await storage.find(fileId))) return []
      const listed = await versions.list(fileId)
      return listed.map(({ version, size, modifiedAt, by }) => ({
        ...{ version, size, modifiedAt },
        ...(by && { by: { login: by.id, name: by.name } }),
      }))
    },
    async restore(version) {
      const present = await storage.find(fileId)
      const bytes = await read(version)
      if (!bytes) return 'notKept'
      const written = await replaced(fileId, { from: present?.version, pieces: [bytes] }, options)
      return written && written !== 'locked' ? 'restored' : 'refused'
    },
  }
}

/** What follows the last dot stays: it says what the file is. */
async function renamed(
  fileId: string,
  name: string,
  { storage, canRename, isStillFree, changed }: HostFileOptions,
): Promise<RenameOutcome> {
  const file = canRename ? await storage.find(fileId) : undefined
  if (!file || !(await isStillFree())) return 'refused'
  const isSameKind = splitName(name).extension.toLowerCase() === splitName(file.name).extension.toLowerCase()
  if (!isValidName(name) || !isSameKind) return 'invalid'
  if (name === file.name) return 'renamed'
  const done = await storage.rename(file, name)
  if (done) changed(done)
  return done ? 'renamed' : (await storage.find(fileId)) ? 'taken' : 'refused'
}
