import { atomically } from './atomically.ts'
import { isTaken } from './database-errors.ts'
import type { Entry } from './entries.ts'
import { holdEntry } from './insert-entry.ts'
import { isKey, longestName, nameKey, namesOf } from './names.ts'
import type { Store, Trx } from './store.ts'
import { folderKind, gone, here, trashed } from './tables.ts'

/** How often a name is looked for that somebody else takes at the same moment. */
const mostTries = 20

/** Puts a file from the trash back into its folder, under a free name where its own is taken by now. */
export async function restoreFile(store: Store, fileId: string): Promise<Entry | undefined> {
  if (!isKey(fileId)) return undefined
  for (let attempt = 1; ; attempt++) {
    try {
      return await atomically(store, (trx) => restore(store, trx, fileId))
    } catch (error) {
      if (attempt === mostTries || !isTaken(error)) throw error
    }
  }
}

async function restore(store: Store, trx: Trx, fileId: string): Promise<Entry | undefined> {
  const entry = await holdEntry(store, trx, fileId)
  if (entry?.state !== trashed || entry.parent_id === null) return undefined
  const parentId = await folderFor(store, trx, entry.parent_id)
  const name = await freeName(trx, parentId, entry.name)
  return trx
    .updateTable('entries')
    .set({ ...namesOf(name), parent_id: parentId, state: here, removed_at: null, removed_by: null })
    .where('id', '=', fileId)
    .returningAll()
    .executeTakeFirst()
}

/** The folder a file was in, or what has come in its place. One that has been removed since is there again. */
async function folderFor(store: Store, trx: Trx, id: string): Promise<string> {
  const folder = await holdEntry(store, trx, id)
  if (folder?.state === here) return id
  if (!folder || folder.parent_id === null) throw new Error('there is no folder that the file could be put back into')
  const parentId = await folderFor(store, trx, folder.parent_id)
  const [other] = await named(trx, parentId, [folder.name])
  if (other) {
    if (other.kind !== folderKind)
      throw new Error(`${folder.name} is a file now, and no folder to put a file back into`)
    return other.id
  }
  await trx
    .updateTable('entries')
    .set({ state: here, parent_id: parentId })
    .where('id', '=', id)
    .where('state', '=', gone)
    .execute()
  return id
}

const named = (trx: Trx, parentId: string, names: readonly string[]) =>
  trx
    .selectFrom('entries')
    .select(['id', 'kind', 'name_key'])
    .where('parent_id', '=', parentId)
    .where('state', '=', here)
    .where('name_key', 'in', names.map(nameKey))
    .execute()

/** The name that is wanted in a folder, or the next one that is free. */
export async function freeName(trx: Trx, parentId: string, wanted: string): Promise<string> {
  const step = 50
  for (let first = 1; first < 10_000; first += step) {
    const names = Array.from({ length: step }, (_, index) => numbered(wanted, first + index))
    const taken = new Set((await named(trx, parentId, names)).map(({ name_key }) => name_key))
    const free = names.find((name) => !taken.has(nameKey(name)))
    if (free !== undefined) return free
  }
  throw new Error(`no name is free for ${wanted}`)
}

function numbered(wanted: string, number: number): string {
  if (number === 1) return wanted
  const dot = wanted.lastIndexOf('.')
  const [base, extension] = dot > 0 ? [wanted.slice(0, dot), wanted.slice(dot)] : [wanted, '']
  return fitting(base, ` (${number})${extension}`)
}

/** Base and end, without as many of the last characters of the base as are too many. */
function fitting(base: string, end: string): string {
  const characters = [...base]
  while (characters.length > 1 && Buffer.byteLength(characters.join('') + end) > longestName) characters.pop()
  return characters.join('') + end
}
