import type { StoredFile, Streams } from '@openwopi/host'
import { carriedAt, type Kept } from './carried.ts'
import { fileEntry } from './entries.ts'
import { isKey } from './names.ts'
import { readBlob } from './read-blob.ts'
import type { Store } from './store.ts'

/** What the files of a database carry besides their contents. */
export function openStreams(store: Store): Streams {
  async function keptBy({ id, version }: StoredFile): Promise<Kept | undefined> {
    const entry = isKey(id) ? await fileEntry(store, id) : undefined
    return entry?.version === version ? carriedAt(store.db, entry, store.now()) : undefined
  }
  return {
    async of(file) {
      const kept = await keptBy(file)
      return (
        kept && {
          streams: kept.streams.map(({ id, size, blob }) => ({ id, size, version: blob })),
          properties: kept.properties.map(({ is }) => is),
        }
      )
    },
    async read(file, { id, version }, range) {
      const found = (await keptBy(file))?.streams.find((stream) => stream.id === id && stream.blob === version)
      return found && readBlob(store, found.blob, range)
    },
  }
}
