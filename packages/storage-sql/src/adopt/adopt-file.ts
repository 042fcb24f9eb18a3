import { atomically } from '../atomically.ts'
import { discardBlobs, useBlobs } from '../blob-states.ts'
import type { StoredBlob } from '../blobs.ts'
import { type Entry, rootId } from '../entries.ts'
import { holdEntry, holdFolder, insertEntry, insertTrashed } from '../insert-entry.ts'
import { checkName, isKey, namesOf } from '../names.ts'
import type { Store, Trx } from '../store.ts'
import { fileKind, here, trashed } from '../tables.ts'
import type { Adopted, AdoptedFile } from './adoption.ts'
import { type Numbered, numbered, receiveVersion } from './receive-version.ts'

/** A version whose content has arrived. */
interface Arrived extends Numbered {
  readonly blob: StoredBlob
}

/** Brings a file along with its id, and what of its versions is not here yet. */
export async function adoptFile(store: Store, file: AdoptedFile): Promise<Adopted> {
  checkName(file.name)
  if (!isKey(file.id)) throw new Error(`${JSON.stringify(file.id)} cannot be the id of a file`)
  const versions = numbered(file.versions)
  const standing = await standingOf(store, file, versions)
  if (standing.is !== 'to come') return standing.is
  const arrived = await receiveAll(store, file, standing.versions)
  // If this fails nobody may know whether it is committed, and what has arrived is left to the sweep.
  const adopted = await atomically(store, (trx) => add(store, trx, { file, arrived, before: standing.entry }))
  if (adopted !== 'added' && adopted !== 'continued') await discard(store, arrived)
  return adopted
}

/** Brings all contents into the blob store, or none. */
async function receiveAll(store: Store, file: AdoptedFile, versions: readonly Numbered[]): Promise<readonly Arrived[]> {
  const arrived: Arrived[] = []
  try {
    for (const version of versions) arrived.push({ ...version, blob: await receiveVersion(store, file, version) })
    return arrived
  } catch (error) {
    await discard(store, arrived)
    throw error
  }
}

const discard = (store: Store, arrived: readonly Arrived[]) =>
  discardBlobs(
    store,
    arrived.map(({ blob }) => blob.key),
  )

type Standing =
  | { readonly is: Adopted }
  | { readonly is: 'to come'; readonly entry: Entry | undefined; readonly versions: readonly Numbered[] }

/** What of a file is here, and what is still to come. */
async function standingOf(
  { db, now, keepVersions }: Store,
  { id, removed }: AdoptedFile,
  versions: readonly Numbered[],
): Promise<Standing> {
  const entry = await db.selectFrom('entries').selectAll().where('id', '=', id).executeTakeFirst()
  if (!entry) return { is: 'to come', entry, versions: versions.slice(-keepVersions) }
  if (entry.kind === fileKind && entry.state === trashed && removed) return { is: 'unchanged' }
  if (entry.kind !== fileKind || entry.state !== here) return { is: 'removed' }
  const newest = versions.at(-1)
  if (newest?.version === entry.version) return { is: 'unchanged' }
  const known = versions.findIndex(({ version }) => version === entry.version)
  if (known < 0) {
    const kept = await db
      .selectFrom('versions')
      .select('version')
      .where('file_id', '=', id)
      .where('version', '=', newest?.version ?? '')
      .executeTakeFirst()
    return { is: kept ? 'moved on' : 'differs' }
  }
  if (entry.is_locked === 1 && entry.lock_expires_at > now()) return { is: 'locked' }
  return { is: 'to come', entry, versions: versions.slice(known + 1).slice(-keepVersions) }
}

interface Addition {
  readonly file: AdoptedFile
  readonly arrived: readonly Arrived[]
  /** The file as it was when the versions were asked for. Absent: it was not here. */
  readonly before: Entry | undefined
}

async function add(store: Store, trx: Trx, { file, arrived, before }: Addition): Promise<Adopted> {
  const last = arrived.at(-1)
  if (!last) throw new Error(`${file.name} has no content`)
  const head = {
    ...{ sequence: last.sequence, version: last.version, size: last.blob.size, modified_at: last.modifiedAt },
    ...{ sha256: last.blob.sha256, blob: last.blob.key },
  }
  if (before) {
    const entry = await holdEntry(store, trx, file.id)
    if (entry?.version !== before.version || entry.lock_revision !== before.lock_revision) return 'differs'
    await trx
      .updateTable('entries')
      .set({ ...head, kept: entry.kept + arrived.length })
      .where('id', '=', file.id)
      .execute()
  } else {
    const hasFolder = await holdFolder(store, trx, file.parentId)
    if (!hasFolder && !file.removed) return 'no folder'
    // What is taken out of the trash goes to the top where its folder is no longer there.
    const names = { parent_id: hasFolder ? file.parentId : rootId, ...namesOf(file.name), owner_id: file.ownerId }
    const entry = { id: file.id, kind: fileKind, ...names, ...head, kept: arrived.length }
    if (file.removed) await insertTrashed(trx, { ...entry, ...removalOf(file.removed) })
    else if (!(await insertEntry(trx, entry))) return 'name taken'
  }
  await useBlobs(
    trx,
    arrived.map(({ blob }) => blob.key),
    store.now(),
  )
  await trx
    .insertInto('versions')
    .values(arrived.map((version) => rowOf(file.id, version)))
    .execute()
  return before ? 'continued' : 'added'
}

const removalOf = ({ at, by }: NonNullable<AdoptedFile['removed']>) => ({
  removed_at: at,
  removed_by: JSON.stringify(by),
})

const rowOf = (file_id: string, { sequence, version, modifiedAt, blob, by, editors, isAutosave }: Arrived) => ({
  ...{ file_id, sequence, version, size: blob.size, modified_at: modifiedAt, sha256: blob.sha256, blob: blob.key },
  author: JSON.stringify(by ?? null),
  editors: editors ? JSON.stringify(editors) : null,
  is_autosave: isAutosave ? 1 : 0,
  squashed_from: modifiedAt,
})
