import { readdirSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { StoredFile, Streams } from '@openwopi/host'
import { streamPath } from './data-folder.ts'
import type { Finder } from './finder.ts'
import { contentAt } from './read-content.ts'
import type { ServedFolder } from './served-folder.ts'

/** What the files of `served` carry besides their contents. */
export function openStreams({ carried, data, disk }: ServedFolder, finder: Finder): Streams {
  async function keptBy({ id, version }: StoredFile) {
    const present = await finder.file(id)
    return present && String(present.entry.version) === version ? carried.of(id, present.entry.version) : undefined
  }

  return {
    async of(file) {
      const kept = await keptBy(file)
      return (
        kept && {
          streams: kept.streams.map(({ id, name, size }) => ({ id, size, version: name })),
          properties: kept.properties.map(({ is }) => is),
        }
      )
    },
    async read(file, { id, version }, range) {
      const found = (await keptBy(file))?.streams.find((stream) => stream.id === id && stream.name === version)
      const path = found && streamPath(data, found.name)
      const seen = path === undefined ? undefined : disk.see(path)
      if (path === undefined || !seen) return undefined
      return contentAt(disk, { paths: [path], is: seen }, range)
    },
  }
}

/** Lets go of the streams that a save has replaced. */
export async function pruneStreams({ carried, data, changeLightly }: ServedFolder, file: string): Promise<void> {
  const before = carried.names(file)
  if (before.size === 0) return
  changeLightly(() => carried.prune(file))
  const after = carried.names(file)
  for (const name of before) if (!after.has(name)) await rm(streamPath(data, name), { force: true })
}

/** Deletes the streams that no file carries any more, and what a crash has left of others. */
export function clearStreams({ carried, data, entries, change, observe }: ServedFolder): void {
  const left = change(() => carried.clear((file) => entries.get(file)?.version))
  for (const name of readdirSync(data.streams)) {
    if (left.has(name)) continue
    const path = streamPath(data, name)
    rmSync(path, { force: true })
    observe({ what: 'cleaned up', path })
  }
}
