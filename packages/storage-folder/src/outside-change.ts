import type { Seen } from './disk.ts'
import { contentOf, type Entry } from './entries.ts'
import { keptPath } from './kept-content.ts'
import type { ServedFolder } from './served-folder.ts'
import { toStoredFile } from './stored-file.ts'

/**
 * Takes note that another program has changed a file's content, and gives that a version. The version before it stays
 * in the history only if its content was kept: the other program has written over it.
 */
export function takeOutsideChange(
  folder: Omit<ServedFolder, 'contents'>,
  entry: Entry,
  seen: Seen,
  sha256: string | null = null,
): Entry {
  // Clients tell states of a file apart by their times, which other programs may set back.
  const isTold = Math.floor(seen.mtime) === Math.floor(entry.modifiedAt)
  const modifiedAt = isTold ? entry.modifiedAt + 1 : seen.mtime
  const { entries, ledger, data, disk, observe } = folder
  const changed = folder.change(() => {
    if (!disk.see(keptPath(data, entry.id, entry.version))) ledger.drop(entry.id, entry.version)
    const content = { ...contentOf(seen), version: entries.nextVersion(), sha256, outside: 1 as const, modifiedAt }
    entries.setContent(entry.id, content)
    return { ...entry, ...content }
  })
  observe({ what: 'changed outside', file: toStoredFile(changed) })
  return changed
}
