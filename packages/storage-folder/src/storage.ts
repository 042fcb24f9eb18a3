import type { Storage } from '@openwopi/host'
import { createFile } from './create-file.ts'
import { keptPath } from './kept-content.ts'
import { contentAt } from './read-content.ts'
import { renameEntry } from './rename-entry.ts'
import { together } from './together.ts'
import type { TrashCan } from './trash.ts'
import { type Writing, writeFile } from './write-file.ts'

/** The files of a folder. */
export function openStorage(writing: Writing, trashCan: TrashCan): Storage {
  const { served, finder } = writing
  return {
    // Every call of an editor begins with this one.
    find: together(async (id) => {
      const present = await finder.file(id)
      return present && finder.stored(present)
    }),
    async child(parentId, name) {
      const present = await finder.child(parentId, name)
      return present && !present.entry.isFolder ? finder.stored(present) : undefined
    },
    async read(file, range) {
      const present = await finder.file(file.id)
      if (!present || String(present.entry.version) !== file.version) return undefined
      served.use.opened(file.id)
      // A save that comes before the first byte is read leaves this content among the kept versions.
      const kept = keptPath(served.data, file.id, present.entry.version)
      return contentAt(served.disk, { paths: [present.found.path, kept], is: present.entry }, range)
    },
    write: (file, content, change) => writeFile(writing, file, content, change),
    create: (parentId, names, content, change) => createFile(served, finder, { parentId, names, content, change }),
    async rename(file, name) {
      const present = await finder.file(file.id)
      const renamed = present && (await renameEntry(served, present, name))
      return renamed && finder.stored(renamed)
    },
    remove: (file, change) => trashCan.remove(file, change),
  }
}
