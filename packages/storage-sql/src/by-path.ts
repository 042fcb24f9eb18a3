import type { StoredFile } from '@openwopi/host'
import type { Entry } from './entries.ts'
import { rootId } from './entries.ts'
import { isKey, nameKey } from './names.ts'
import { fileKind, folderKind, here } from './tables.ts'
import type { Writing } from './write-file.ts'

/** The file at a path, with `/` between names. */
export async function byPath({ store, memory }: Writing, path: string): Promise<StoredFile | undefined> {
  const names = path.split('/')
  let entry: Entry | undefined
  for (const [index, name] of names.entries()) {
    if (!isKey(name)) return undefined
    entry = await store.db
      .selectFrom('entries')
      .selectAll()
      .where('parent_id', '=', entry?.id ?? rootId)
      .where('name_key', '=', nameKey(name))
      .where('state', '=', here)
      .where('kind', '=', index === names.length - 1 ? fileKind : folderKind)
      .executeTakeFirst()
    if (!entry) return undefined
  }
  return entry && memory.file(entry)
}
