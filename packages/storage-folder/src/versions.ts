import type { FileVersion, Versions } from '@openwopi/host'
import type { Entry } from './entries.ts'
import type { Finder } from './finder.ts'
import { keptPath } from './kept-content.ts'
import type { Recorded } from './ledger.ts'
import { contentAt } from './read-content.ts'
import type { ServedFolder } from './served-folder.ts'
import { recordOf } from './succession.ts'
import { trashPath } from './trash-path.ts'

/** What the files of `served` were. */
export function openVersions({ ledger, data, disk, entries, keepVersions }: ServedFolder, finder: Finder): Versions {
  /** The present one first. Those whose content is not there are not told of. */
  function history(entry: Entry): Recorded[] {
    const present = ledger.get(entry.id, entry.version) ?? recordOf(entry)
    const earlier = ledger.of(entry.id).filter(({ version }) => version !== entry.version)
    return [present, ...earlier.filter(({ version }) => disk.see(keptPath(data, entry.id, version)))].slice(
      0,
      keepVersions,
    )
  }

  return {
    async list(fileId) {
      const present = await finder.file(fileId)
      const entry = present?.entry ?? entries.get(fileId)
      return entry && !entry.isFolder && (present || entry.state === 'trashed') ? history(entry).map(toVersion) : []
    },
    async read(fileId, version) {
      const present = await finder.file(fileId)
      if (present && String(present.entry.version) === version)
        return contentAt(disk, { paths: [present.found.path], is: present.entry })
      const entry = present ? undefined : entries.get(fileId)
      if (entry?.state === 'trashed' && !entry.isFolder && String(entry.version) === version)
        return contentAt(disk, { paths: [trashPath(data, fileId)], is: entry })
      const record = /^\d{1,16}$/.test(version) ? ledger.get(fileId, Number(version)) : undefined
      const path = record && keptPath(data, fileId, record.version)
      const seen = path === undefined ? undefined : disk.see(path)
      return path !== undefined && seen ? contentAt(disk, { paths: [path], is: seen }) : undefined
    },
  }
}

const toVersion = ({ version, size, mtime, by, editors, isAutosave }: Recorded): FileVersion => ({
  ...{ version: String(version), size, modifiedAt: Math.floor(mtime) },
  ...(by && { by }),
  ...(editors && { editors }),
  ...(isAutosave && { isAutosave }),
})
