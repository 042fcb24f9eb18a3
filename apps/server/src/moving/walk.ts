import type { Containers, FileVersion, Storage, StoredFile, Trash, Versions } from '@openwopi/host'
import type { AdoptedVersion } from '@openwopi/storage-sql'
import type { Moved } from './moved.ts'

/** What has to be known of a storage to walk through it. */
export interface Walked {
  readonly containers: Containers
  readonly storage: Storage
  readonly versions: Versions
  readonly trash: Trash
}

const pageSize = 200

/** Everything in a storage with all it was, each folder before what is in it, and what lies in the trash last. */
export async function* walk(storage: Walked): AsyncGenerator<Moved> {
  const { id } = await storage.containers.root()
  yield* inside(storage, id, '')
  for (const { file, removedAt: at, by } of await storage.trash.list()) {
    const whole = await fileWithHistory(storage, file)
    if (whole.versions.length > 0)
      yield { is: 'file', path: `the trash: ${file.name}`, file: { ...whole, removed: { at, by } } }
  }
}

async function* inside(storage: Walked, parentId: string, prefix: string): AsyncGenerator<Moved> {
  let after: string | undefined
  do {
    const page = await storage.containers.children(parentId, {
      limit: pageSize,
      ...(after !== undefined && { after }),
    })
    for (const { id, name, ownerId } of page.containers) {
      const path = prefix + name
      yield { is: 'folder', path, folder: { id, parentId, name, ownerId } }
      yield* inside(storage, id, `${path}/`)
    }
    for (const file of page.files)
      yield { is: 'file', path: prefix + file.name, file: await fileWithHistory(storage, file) }
    after = page.next
  } while (after !== undefined)
}

async function fileWithHistory(storage: Walked, file: StoredFile) {
  const versions = [...(await storage.versions.list(file.id))].reverse()
  const { id, parentId, name, ownerId } = file
  return { id, parentId, name, ownerId, versions: versions.map((version) => readable(storage, file, version)) }
}

function readable({ storage, versions }: Walked, file: StoredFile, version: FileVersion): AdoptedVersion {
  const isPresent = version.version === file.version
  return {
    ...version,
    ...(isPresent && file.sha256 !== undefined && { sha256: file.sha256 }),
    // What lies in the trash is read as what it was.
    read: async () => (isPresent && (await storage.read(file))) || versions.read(file.id, version.version),
  }
}
