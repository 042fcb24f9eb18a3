import type { Change, Content, StoredFile } from '@openwopi/host'
import { atomically } from './atomically.ts'
import { discardBlobs, useBlobs } from './blob-states.ts'
import type { StoredBlob } from './blobs.ts'
import type { Entry } from './entries.ts'
import { holdFolder, insertEntry } from './insert-entry.ts'
import { likelyFree } from './likely-free.ts'
import { checkName, isKey, namesOf } from './names.ts'
import { nextVersion } from './next-version.ts'
import { contentOf } from './publish.ts'
import { receive } from './receive.ts'
import type { Store, Trx } from './store.ts'
import { recordOf, type Told } from './succession.ts'
import { fileKind } from './tables.ts'
import { recording } from './unrecorded-content.ts'
import type { Writing } from './write-file.ts'

/** What is to be made. */
export interface Creation {
  readonly parentId: string
  readonly names: Iterable<string>
  readonly content: Content
  readonly change: Change
}

/** Adds a file under the first name that is free once all of the content has arrived. */
export async function createFile(
  { store, memory }: Writing,
  { parentId, names, content, change }: Creation,
): Promise<StoredFile | undefined> {
  const received = await receive(store, content)
  const arrived = received.content
  const made = await recording(store, arrived, async () => {
    const isWanted = change.confirm === undefined || (await change.confirm())
    return isWanted ? addReceived(store, { parentId, names, content: arrived, change }) : undefined
  })
  if (!made) await discardBlobs(store, received.keys)
  return made && memory.file(made)
}

/** What has arrived, and where it is to lie. */
export interface Addition {
  readonly parentId: string
  readonly names: Iterable<string>
  readonly content: StoredBlob
  readonly change: Told
}

/** Makes what has been received a file under the first free name. `undefined`: none is, or the folder is gone. */
export async function addReceived(store: Store, addition: Addition): Promise<Entry | undefined> {
  if (!isKey(addition.parentId)) return undefined
  for await (const name of likelyFree(store.db, addition.parentId, addition.names)) {
    checkName(name)
    const added = await atomically(store, (trx) => addNamed(store, trx, { ...addition, name }))
    if (added !== 'taken') return added
  }
  return undefined
}

async function addNamed(
  store: Store,
  trx: Trx,
  { parentId, name, content, change }: Addition & { readonly name: string },
): Promise<Entry | 'taken' | undefined> {
  if (!(await holdFolder(store, trx, parentId))) return undefined
  const now = store.now()
  const entry = await insertEntry(trx, {
    ...{ id: store.newId(), parent_id: parentId, kind: fileKind, ...namesOf(name), owner_id: change.by.id },
    ...{ sequence: 1, version: nextVersion(store, 1), size: content.size, modified_at: now },
    ...{ sha256: content.sha256, blob: content.key, kept: 1 },
  })
  if (!entry) return 'taken'
  await useBlobs(trx, [content.key], now)
  await trx
    .insertInto('versions')
    .values({ ...contentOf(entry, { content }), ...recordOf(change, now) })
    .execute()
  return entry
}
