import { createReadStream, existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Content } from '@openwopi/host'
import type { AdoptedVersion } from '@openwopi/storage-sql'
import { z } from 'zod'
import { manifestOf } from './begin-export.ts'
import { exportFolder, type Moved } from './moved.ts'
import { keptVersion } from './write-version.ts'

/** Whether a folder was written by an export that came to its end. */
export const isExport = (folder: string): boolean => existsSync(manifestOf(folder))

/** Whether an export into a folder has begun and has not come to its end: what lies there are some of its files. */
export const isBrokenExport = (folder: string): boolean => existsSync(join(folder, exportFolder)) && !isExport(folder)

const name = z.string().refine((text) => !/[/\0]/.test(text) && !/^\.{0,2}$/.test(text), 'is no name')
const entry = { id: z.string(), parentId: z.string(), name, ownerId: z.string() }
const user = z.object({ id: z.string(), name: z.string(), isAnonymous: z.boolean().exactOptional() })
const version = z.object({
  ...{ version: z.string(), size: z.number(), modifiedAt: z.number(), sha256: z.string() },
  by: user.exactOptional(),
  editors: z.array(z.string()).exactOptional(),
  isAutosave: z.boolean().exactOptional(),
})
const line = z.discriminatedUnion('is', [
  z.object({ is: z.literal('folder'), ...entry }),
  z.object({
    ...{ is: z.literal('file'), ...entry, versions: z.array(version).min(1) },
    removed: z.object({ at: z.number(), by: user }).exactOptional(),
  }),
])

/** Everything in an export, as it was in the storage that was exported. */
export async function* readExport(folder: string): AsyncGenerator<Moved> {
  const paths = new Map<string, string>()
  const lines = createInterface({ input: createReadStream(manifestOf(folder)), crlfDelay: Number.POSITIVE_INFINITY })
  for await (const text of lines) {
    const { is, ...found } = line.parse(JSON.parse(text))
    const above = paths.get(found.parentId)
    const path = above === undefined ? found.name : `${above}/${found.name}`
    if ('removed' in found && found.removed) {
      yield {
        is: 'file',
        path: `the trash: ${found.name}`,
        file: { ...found, versions: contentsOf(folder, undefined, found) },
      }
    } else if (!('versions' in found)) {
      paths.set(found.id, path)
      yield { is: 'folder', path, folder: found }
    } else yield { is: 'file', path, file: { ...found, versions: contentsOf(folder, path, found) } }
  }
}

function contentsOf(
  folder: string,
  /** `undefined`: all of them are earlier ones. */
  path: string | undefined,
  { id, versions }: { readonly id: string; readonly versions: readonly z.infer<typeof version>[] },
): readonly AdoptedVersion[] {
  const placeOf = (version: string, isPresent: boolean) =>
    isPresent && path !== undefined ? join(folder, path) : keptVersion(folder, id, version)
  return versions.map((each, index) => ({
    ...each,
    read: () => contentAt(placeOf(each.version, index === versions.length - 1)),
  }))
}

async function contentAt(place: string): Promise<Content> {
  await stat(place)
  return createReadStream(place)
}
