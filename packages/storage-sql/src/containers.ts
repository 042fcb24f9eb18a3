import type { Container, Containers } from '@openwopi/host'
import { atomically } from './atomically.ts'
import { openChildren } from './children.ts'
import { type Entry, folderEntry, rootId, toContainer } from './entries.ts'
import { holdEntry, holdFolder, insertEntry } from './insert-entry.ts'
import { checkName, isKey, namesOf } from './names.ts'
import { renameEntry } from './rename-entry.ts'
import type { Store } from './store.ts'
import { folderKind, gone, here } from './tables.ts'
import { wayTo } from './way-to.ts'
import type { Writing } from './write-file.ts'

/** The folders of a database. */
export function openContainers(writing: Writing): Containers {
  const { store } = writing
  async function find(id: string): Promise<Container | undefined> {
    const entry = isKey(id) ? await folderEntry(store.db, id) : undefined
    return entry && toContainer(entry)
  }
  return {
    find,
    children: openChildren(writing),
    async root() {
      const found = await find(rootId)
      if (!found) throw new Error('the folder that everything lies in is not there')
      return found
    },
    async ancestors(id) {
      return (await wayTo(store, id)).slice(0, -1).map(toContainer)
    },
    async create(parentId, name) {
      checkName(name)
      const made = isKey(parentId) ? await makeFolder(store, parentId, name) : undefined
      return made && toContainer(made)
    },
    async rename({ id }, name) {
      const renamed = await renameEntry(store, { id, kind: folderKind }, name)
      return renamed && toContainer(renamed)
    },
    async remove({ id }) {
      if (id === rootId) throw new Error('the folder that everything lies in cannot be removed')
      return isKey(id) ? removeFolder(store, id) : true
    },
  }
}

const makeFolder = (store: Store, parentId: string, name: string): Promise<Entry | undefined> =>
  atomically(store, async (trx) => {
    if (!(await holdFolder(store, trx, parentId))) return undefined
    return insertEntry(trx, {
      ...{ id: store.newId(), parent_id: parentId, kind: folderKind, ...namesOf(name), owner_id: store.ownerId },
      ...{ sequence: 0, version: '', size: 0, modified_at: store.now(), kept: 0 },
    })
  })

/** Of two, one that fills the folder and one that removes it, the second sees what the first has done. */
const removeFolder = (store: Store, id: string): Promise<boolean> =>
  atomically(store, async (trx) => {
    const folder = await holdEntry(store, trx, id)
    if (folder?.kind !== folderKind || folder.state !== here) return true
    const child = await trx
      .selectFrom('entries')
      .select('id')
      .where('parent_id', '=', id)
      .where('state', '=', here)
      .limit(1)
      .executeTakeFirst()
    if (child) return false
    await trx.updateTable('entries').set({ state: gone }).where('id', '=', id).execute()
    return true
  })
