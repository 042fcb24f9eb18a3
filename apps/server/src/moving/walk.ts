import type { Containers, FileVersion, Storage, StoredFile, Versions } from '@openwopi/host'
import type { AdoptedVersion } from '@openwopi/storage-sql'
import type { Moved } from './moved.ts'

/** What has to be known of a storage to walk through it. */
export interface Walked {
  readonly containers: Containers
  readonly storage: Storage
  readonly versions: Versions
}

const pageSize = 200

/** Everything in a storage with all it was, each folder before what is in it. */
export async function* walk(storage: Walked): AsyncGenerator<Moved> {
  const { id } = await storage.containers.root()
  yield* inside(storage, id, '')
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
    read: () => (isPresent ? storage.read(file) : versions.read(file.id, version.version)),
  }
}
