import type { Rewrite } from '@openwopi/host'
import { atomically } from './atomically.ts'
import { leaveBlobs, useBlobs } from './blob-states.ts'
import { afterChange, carriedAt, putCarried } from './carried.ts'
import { compileOnce, firstOf } from './compile-once.ts'
import { type FileEntry, fileColumns } from './entries.ts'
import { nextVersion } from './next-version.ts'
import type { Received } from './receive.ts'
import type { Store, Trx } from './store.ts'
import { type Succession, succession, type VersionRow } from './succession.ts'
import { here } from './tables.ts'

interface Publication {
  readonly received: Received
  readonly change: Rewrite
}

/**
 * Makes what has been received the content of a file, if neither its content nor its lock has changed since `entry` was
 * read. `undefined`: one of them has, and nothing is changed.
 */
export function publish(
  store: Store,
  entry: FileEntry,
  { received, change }: Publication,
): Promise<FileEntry | undefined> {
  return atomically(store, async (trx) => {
    const before = change.isAutosave ? await firstOf(recorded.within(trx, entry)) : undefined
    const next = succession(store, before, change)
    const after = await replaceContent(store, trx, entry, { next, received })
    if (!after) return undefined
    await record(store, trx, entry, { after, next, received })
    return after
  })
}

/** What is known of a version stays what it is: if the file is at it afterwards, this is what is known. */
const recorded = compileOnce(['id', 'sequence'], (db, { id, sequence }: Pick<FileEntry, 'id' | 'sequence'>) =>
  db
    .selectFrom('versions')
    .select(['author', 'editors', 'is_autosave', 'squashed_from'])
    .where('file_id', '=', id)
    .where('sequence', '=', sequence),
)

interface Step {
  readonly next: Succession
  readonly received: Received
}

function replaceContent(store: Store, trx: Trx, entry: FileEntry, { next, received: { content } }: Step) {
  const sequence = entry.sequence + 1
  const replacement: Replacement = {
    id: entry.id,
    at: entry.version,
    lockedAt: entry.lock_revision,
    sequence,
    version: nextVersion(store, sequence),
    size: content.size,
    // Clients tell states of a file apart by their times.
    modified_at: Math.max(store.now(), entry.modified_at + 1),
    sha256: content.sha256,
    blob: content.key,
    kept: Math.min(keptAfter(entry, next), store.keepVersions),
  }
  return firstOf(replaced.within(trx, replacement))
}

type NewContent = Pick<FileEntry, 'sequence' | 'version' | 'size' | 'modified_at' | 'sha256' | 'blob' | 'kept'>

interface Replacement extends NewContent {
  readonly id: string
  /** The version that the file is to be at. */
  readonly at: string
  /** The revision that its lock is to be at. */
  readonly lockedAt: number
}

/** One statement compares and changes: of two that would do so at once, the second finds the row changed. */
const replaced = compileOnce(
  ['id', 'at', 'lockedAt', 'sequence', 'version', 'size', 'modified_at', 'sha256', 'blob', 'kept'],
  (db, { id, at, lockedAt, ...content }: Replacement) =>
    db
      .updateTable('entries')
      .set(content)
      .where('id', '=', id)
      .where('state', '=', here)
      .where('version', '=', at)
      .where('lock_revision', '=', lockedAt)
      .returning(fileColumns),
)

/** How many versions there are with the next one. */
const keptAfter = ({ kept }: FileEntry, { keeps }: Succession): number => kept + (keeps ? 1 : 0)

async function record(
  store: Store,
  trx: Trx,
  entry: FileEntry,
  { after, next, received }: Step & { readonly after: FileEntry },
): Promise<void> {
  const now = store.now()
  await useBlobs(trx, received.keys, now)
  await added.within(trx, { ...contentOf(after, received), ...next.record })
  if (!next.keeps) await dropVersions(trx, entry.id, { sequences: [entry.sequence], now })
  if (keptAfter(entry, next) > store.keepVersions) await dropOldest(store, trx, entry.id)
  if (!received.carried) return
  const before = await carriedAt(trx, entry, now)
  await putCarried(trx, after, afterChange(before, received.carried, now), now)
}

const added = compileOnce(
  [
    ...(['file_id', 'sequence', 'version', 'size', 'modified_at', 'sha256', 'blob'] as const),
    ...(['author', 'editors', 'is_autosave', 'squashed_from'] as const),
  ],
  (db, version: VersionRow) => db.insertInto('versions').values(version),
)

/** The columns of a version that say what its content is. */
export const contentOf = (
  { id, sequence, version, modified_at }: FileEntry,
  { content }: Pick<Received, 'content'>,
) => ({
  file_id: id,
  sequence,
  version,
  size: content.size,
  modified_at,
  sha256: content.sha256,
  blob: content.key,
})

async function dropOldest({ keepVersions, now }: Store, trx: Trx, id: string): Promise<void> {
  const old = await trx
    .selectFrom('versions')
    .select('sequence')
    .where('file_id', '=', id)
    .orderBy('sequence', 'desc')
    .limit(1000)
    .offset(keepVersions)
    .execute()
  await dropVersions(trx, id, { sequences: old.map(({ sequence }) => sequence), now: now() })
}

/** Forgets versions of a file. */
export async function dropVersions(
  trx: Trx,
  id: string,
  { sequences, now }: { readonly sequences: readonly number[]; readonly now: number },
): Promise<void> {
  if (sequences.length === 0) return
  const dropped = await trx
    .deleteFrom('versions')
    .where('file_id', '=', id)
    .where('sequence', 'in', sequences)
    .returning('blob')
    .execute()
  await leaveBlobs(
    trx,
    dropped.map(({ blob }) => blob),
    now,
  )
}
