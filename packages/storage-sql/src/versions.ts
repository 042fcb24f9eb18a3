import type { FileVersion, Versions } from '@openwopi/host'
import { isKey } from './names.ts'
import { readVerified } from './read-blob.ts'
import type { Store } from './store.ts'
import type { VersionRow } from './succession.ts'
import { gone } from './tables.ts'

/** What the files of a database were, those in the trash too. */
export function openVersions(store: Store): Versions {
  const { db } = store
  const ofFile = (fileId: string) =>
    db
      .selectFrom('versions')
      .innerJoin('entries', 'entries.id', 'versions.file_id')
      .selectAll('versions')
      .where('file_id', '=', fileId)
      .where('entries.state', '<>', gone)
  return {
    async list(fileId) {
      if (!isKey(fileId)) return []
      const rows = await ofFile(fileId).orderBy('versions.sequence', 'desc').limit(store.keepVersions).execute()
      return rows.map(toVersion)
    },
    async read(fileId, version) {
      const sequence = /^(\d{1,15})(?:\.|$)/.exec(version)?.[1]
      if (!isKey(fileId) || sequence === undefined) return undefined
      const row = await ofFile(fileId).where('versions.sequence', '=', Number(sequence)).executeTakeFirst()
      return row?.version === version ? readVerified(store, { ...row, name: `version ${version}` }) : undefined
    },
  }
}

const toVersion = ({ version, size, modified_at, author, editors, is_autosave }: VersionRow): FileVersion => ({
  ...{ version, size, modifiedAt: modified_at },
  // A version that was brought along from elsewhere may have no author that is known.
  ...(author !== 'null' && { by: JSON.parse(author) }),
  ...(editors !== null && { editors: JSON.parse(editors) }),
  ...(is_autosave === 1 && { isAutosave: true }),
})
