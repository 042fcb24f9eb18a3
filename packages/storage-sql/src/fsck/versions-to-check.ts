import { used } from '../blob-states.ts'
import type { Store } from '../store.ts'
import { gone, trashed } from '../tables.ts'
import { wayTo } from '../way-to.ts'

/** How many versions are looked up at a time. */
const batch = 200

/** A version with what a check wants to know of it. */
export type VersionToCheck = Awaited<ReturnType<typeof versionsAfter>>[number]

/** Every version of every file, those in the trash too. */
export async function* everyVersion(store: Store): AsyncGenerator<VersionToCheck> {
  let last: VersionToCheck | undefined
  do {
    const rows = await versionsAfter(store, last)
    yield* rows
    last = rows.at(-1)
  } while (last)
}

/** The versions whose contents these are. */
export const versionsOf = (store: Store, blobs: readonly string[]) =>
  versions(store).where('versions.blob', 'in', blobs).execute()

/** The versions whose contents nothing keeps from being swept. */
export const unguardedVersions = (store: Store) =>
  versions(store)
    .leftJoin('blobs', 'blobs.key', 'versions.blob')
    .where((eb) => eb.or([eb('blobs.state', 'is', null), eb('blobs.state', '<>', used)]))
    .execute()

const versions = ({ db }: Store) =>
  db
    .selectFrom('versions')
    .innerJoin('entries', 'entries.id', 'versions.file_id')
    .selectAll('versions')
    .select(['entries.sequence as present', 'entries.name', 'entries.state'])
    .where('entries.state', '<>', gone)

function versionsAfter(store: Store, last: { file_id: string; sequence: number } | undefined) {
  const rows = versions(store).orderBy('versions.file_id').orderBy('versions.sequence').limit(batch)
  return last
    ? rows
        .where(({ eb, refTuple, tuple }) =>
          eb(refTuple('versions.file_id', 'versions.sequence'), '>', tuple(last.file_id, last.sequence)),
        )
        .execute()
    : rows.execute()
}

/** Whether a version is what it was: what people do meanwhile may have taken it away. */
export async function isStillSo({ db }: Store, row: VersionToCheck): Promise<boolean> {
  const now = await db
    .selectFrom('versions')
    .select('blob')
    .where('file_id', '=', row.file_id)
    .where('sequence', '=', row.sequence)
    .executeTakeFirst()
  return now?.blob === row.blob
}

/** What a fault says of the version that it hits. */
export async function hits(store: Store, { file_id, version, sequence, present, blob, ...row }: VersionToCheck) {
  const way = row.state === trashed ? `${row.name} (in the trash)` : await pathOf(store, file_id)
  return { path: way || row.name, fileId: file_id, version, isPresent: sequence === present, blob }
}

/** The names on the way from the uppermost folder to an entry. Empty: it cannot be reached. */
export const pathOf = async (store: Store, id: string): Promise<string> =>
  (await wayTo(store, id))
    .slice(1)
    .map(({ name }) => name)
    .join('/')
