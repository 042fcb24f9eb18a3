import { createReadStream } from 'node:fs'
import { nextFreeNames, repairName, type StoredFile } from '@openwopi/host'
import type { FileStore } from '@tus/file-store'
import type { Upload } from '@tus/server'
import { permissionsFor } from '../access/permissions.ts'
import { folderOf } from '../api/items.ts'
import { contentHash } from '../files/content-hash.ts'
import { findEqual } from '../files/find-equal.ts'
import { refuseIfOpen, replaceIfFree } from '../files/locking.ts'
import { Refusal } from '../http/refusal.ts'
import type { Person } from '../sign-in/person.ts'
import type { Site } from '../site.ts'
import { spooledUploads } from '../spool/spooled-uploads.ts'

/** What has become of an upload. */
export interface Finished {
  readonly fileId: string
  /** Bytes. */
  readonly size: number
}

/** Makes files of uploads that have arrived whole. Whoever answers the client removes the upload then. */
export interface Finishing {
  now(upload: Upload, person: Person): Promise<Finished>
  /** The same for an upload that has arrived, but could not be made a file yet or whose answer was lost. `undefined`: it has not arrived whole. */
  ifComplete(id: string, person: Person): Promise<Finished | undefined>
  /** Throws a `Refusal` if the upload is someone else's. */
  refuseOthers(id: string, person: Person): Promise<void>
}

/** Of the uploads that were finished, so many of the latest are remembered. */
const mostRemembered = 10_000

/** What it takes. */
export interface FinishingParts extends Pick<Site, 'folder' | 'now' | 'spool' | 'log'> {
  readonly audit: Pick<Site['audit'], 'note'>
  readonly events: Pick<Site['events'], 'publish'>
}

/** Finishes the uploads that lie in a store. */
export function finishing(site: FinishingParts, uploads: FileStore): Finishing {
  const done = new Map<string, Promise<Finished & { readonly userId: string }>>()

  const spooled = spooledUploads(site)

  async function store(upload: Upload, person: Person, { isLate }: { readonly isLate: boolean }) {
    const made = async () =>
      (isLate ? await madeEarlier(site, upload) : undefined) ?? (await intoFolder(site, upload, person))
    const file = await made().catch(async (error: unknown) => {
      await spooled.failed(arrived(upload), person, error)
      throw error
    })
    await spooled.stored(upload.id)
    return { fileId: file.id, size: upload.size ?? 0, userId: person.id }
  }

  // Two requests may find the same upload complete: they wait for the same file.
  function finish(upload: Upload, person: Person, how: { readonly isLate: boolean }) {
    const underWay = done.get(upload.id) ?? store(upload, person, how)
    done.set(upload.id, underWay)
    underWay.catch(() => done.delete(upload.id))
    const [oldest] = done.keys()
    if (done.size > mostRemembered && oldest !== undefined) done.delete(oldest)
    return underWay
  }

  const ownerOf = async (id: string) => (await uploads.getUpload(id)).metadata?.['user']

  return {
    now: (upload, person) => finish(upload, person, { isLate: false }),
    async refuseOthers(id, person) {
      if ((await ownerOf(id)) !== person.id) throw new Refusal(404, 'There is no such upload.')
    },
    async ifComplete(id, person) {
      const finished = await done.get(id)
      if (finished) return finished.userId === person.id ? finished : undefined
      const upload = id === '' ? undefined : await uploads.getUpload(id).catch(() => undefined)
      if (!upload || upload.offset !== upload.size || upload.metadata?.['user'] !== person.id) return undefined
      const late = await finish(upload, person, { isLate: true })
      await uploads.remove(id)
      return late
    },
  }
}

/** How much the clock that a file was made by may be behind this machine's, in milliseconds. */
const slack = 10 * 60_000

/** The file that an upload has become already, by a process that ended before it could take the upload away. */
async function madeEarlier(site: FinishingParts, upload: Upload): Promise<StoredFile | undefined> {
  const { name, folderId, content } = arrived(upload)
  const { metadata = {}, size = 0, creation_date: begunAt = '' } = upload
  return findEqual(site.folder, {
    folderId: (await folderOf(site, folderId)).id,
    names: metadata['overwrite'] === 'true' ? [name] : nextFreeNames(name),
    size,
    sha256: () => contentHash(content()),
    since: Date.parse(begunAt) - slack,
  })
}

function arrived({ id, metadata = {}, storage }: Upload) {
  const { folder, name } = metadata
  return {
    id,
    name: repairName((name ?? '').normalize('NFC')),
    folderId: folder ?? 'root',
    content: () => contentOf(storage?.path ?? ''),
  }
}

/** A name that cannot be is repaired, and one that is taken becomes the next free one unless the upload replaces it. */
async function intoFolder(
  site: FinishingParts,
  { metadata = {}, storage: stored }: Upload,
  person: Person,
): Promise<StoredFile> {
  const { storage } = site.folder
  const folder = await folderOf(site, metadata['folder'] ?? 'root')
  const name = repairName((metadata['name'] ?? '').normalize('NFC'))
  const content = contentOf(stored?.path ?? '')
  const existing = metadata['overwrite'] === 'true' ? await storage.child(folder.id, name) : undefined
  const file = existing
    ? await replace(site, existing, { content, person })
    : await storage.create(folder.id, nextFreeNames(name), content, { by: person })
  if (!file) throw new Refusal(409, `There are too many files called “${name}” in this folder.`)
  site.audit.note({ by: person, what: existing ? 'saved' : 'created', to: file, details: 'by upload' })
  site.events.publish({ what: existing ? 'changed' : 'created', fileId: file.id, folderId: folder.id, name: file.name })
  return file
}

interface Replacement {
  readonly content: AsyncIterable<Uint8Array>
  readonly person: Person
}

async function replace(
  site: FinishingParts,
  existing: StoredFile,
  { content, person }: Replacement,
): Promise<StoredFile> {
  if (!permissionsFor(existing).has('write')) throw new Refusal(403, `“${existing.name}” is marked read-only on disk.`)
  await refuseIfOpen(site, existing)
  const file = await site.folder.storage.write(existing, content, { by: person, decide: replaceIfFree(site, existing) })
  if (file) return file
  await refuseIfOpen(site, existing)
  throw new Refusal(409, `“${existing.name}” has just been changed by someone else. Look at it before you replace it.`)
}

/** Opens the file only when somebody reads. */
async function* contentOf(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, { highWaterMark: 1024 * 1024 })
}
