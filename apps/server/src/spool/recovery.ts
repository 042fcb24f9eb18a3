import { type Content, nextFreeNames, type StoredFile } from '@openwopi/host'
import { permissionsFor } from '../access/permissions.ts'
import type { Audit } from '../audit/audit.ts'
import type { Events } from '../events.ts'
import { openBy, replaceIfFree } from '../files/locking.ts'
import { Refusal } from '../http/refusal.ts'
import type { Person } from '../sign-in/person.ts'
import type { Files } from '../stored/open-files.ts'
import type { FailedSave } from './failed-save.ts'
import { isStoredAlready } from './is-stored.ts'
import { placeOfCopy } from './place-of-copy.ts'
import type { LockedSave, Spool } from './spool.ts'

/** What can be done with a save that could not be stored. */
export interface Recovery {
  /** The latest first. One that has been stored in another way since is taken away. */
  list(): Promise<readonly FoundSave[]>
  /** Throws a `Refusal` if there is none, or none that can be read. */
  find(id: string): Promise<FailedSave>
  read(save: FailedSave): Content
  /** Why it cannot become the newest version of its file, as a sentence. `undefined`: it can. */
  obstacleTo(save: FailedSave): Promise<string | undefined>
  /** Makes it the newest version of its file, unless somebody works on that or has changed it since. */
  replace(save: FailedSave, by: Person): Promise<StoredFile>
  /** Makes it a file of its own, where its file lies. */
  copy(save: FailedSave, by: Person): Promise<StoredFile>
  /** Takes it away if its bytes have been stored all the same. `false`: they have not. */
  forgetIfStored(save: FailedSave): Promise<boolean>
  discard(id: string, by: Person): Promise<void>
}

/** A save as it was found. */
export type FoundSave = LockedSave | (FailedSave & { readonly obstacle?: string })

/** What it takes. */
export interface RecoveryParts {
  readonly spool: Spool
  readonly folder: Files
  readonly audit: Pick<Audit, 'note'>
  readonly events: Pick<Events, 'publish'>
  readonly now: () => number
}

/** Offers what is in a spool. */
export function createRecovery(parts: RecoveryParts): Recovery {
  const { spool, folder, audit, events } = parts

  async function forgetIfStored(save: FailedSave): Promise<boolean> {
    const isStored = await isStoredAlready(folder, save)
    if (isStored) await spool.remove(save.id)
    return isStored
  }

  async function found(save: FailedSave | LockedSave): Promise<FoundSave | undefined> {
    if (!('at' in save)) return save
    if (await forgetIfStored(save).catch(() => false)) return undefined
    const now = await fileOf(folder, save).catch(() => undefined)
    const obstacle = await obstacleTo(parts, save, now).catch(() => 'The storage cannot be reached now.')
    return {
      ...save,
      ...(now && save.kind === 'save' && { name: now.name, folderId: now.parentId }),
      ...(obstacle !== undefined && { obstacle }),
    }
  }

  async function done(save: FailedSave, file: StoredFile, { by, what }: { by: Person; what: 'changed' | 'created' }) {
    audit.note({ by, what: 'restored', to: file, details: `a save of ${save.user.name} that had failed` })
    events.publish({ what, fileId: file.id, folderId: file.parentId, name: file.name })
    await spool.remove(save.id)
    return file
  }

  return {
    read: spool.read,
    forgetIfStored,
    obstacleTo: async (save) => obstacleTo(parts, save, await fileOf(folder, save)),
    async list() {
      return (await Promise.all((await spool.list()).map(found))).filter((save) => save !== undefined)
    },
    async find(id) {
      const save = await spool.find(id)
      if (!save) throw new Refusal(404, 'This save is not there any more. Somebody has recovered or discarded it.')
      if (!('at' in save)) throw new Refusal(409, save.problem)
      return save
    },
    async replace(save, by) {
      const file = await fileOf(folder, save)
      const obstacle = await obstacleTo(parts, save, file)
      if (obstacle !== undefined || !file) throw new Refusal(409, `${obstacle} Save it as a copy.`)
      const { editors } = save
      const saved = await folder.storage.write(file, spool.read(save), {
        by: save.user,
        ...(editors && { editors }),
        decide: replaceIfFree(parts, file),
      })
      if (!saved) throw new Refusal(409, `“${file.name}” has just been opened or changed. Save it as a copy.`)
      return done(save, saved, { by, what: 'changed' })
    },
    async copy(save, by) {
      const file = await fileOf(folder, save)
      const { folderId, name } = await placeOfCopy(folder, save, file)
      const made = await folder.storage.create(folderId, nextFreeNames(name), spool.read(save), { by: save.user })
      if (!made) throw new Refusal(409, 'There are too many copies of that name in the folder.')
      return done(save, made, { by, what: 'created' })
    },
    async discard(id, by) {
      const save = await spool.find(id)
      await spool.remove(id)
      const details = save && 'at' in save ? `of ${save.user.name}, which had failed` : ''
      const to = save && 'fileId' in save && save.fileId !== undefined ? { id: save.fileId } : undefined
      audit.note({ by, what: 'discarded a save', details, ...(to && { to }) })
    },
  }
}

const fileOf = async ({ storage }: Files, { fileId }: FailedSave): Promise<StoredFile | undefined> =>
  fileId === undefined ? undefined : storage.find(fileId)

/** Why a save cannot become the newest version of its file. `undefined`: it can. */
async function obstacleTo(
  parts: RecoveryParts,
  save: FailedSave,
  file: StoredFile | undefined,
): Promise<string | undefined> {
  if (save.kind !== 'save') return 'It was to be a file of its own.'
  if (!file) return 'Its file is not there any more.'
  if (!permissionsFor(file).has('write')) return `“${file.name}” is marked read-only.`
  const by = await openBy(parts, file)
  if (by) return `${by.name} has “${file.name}” open.`
  return file.modifiedAt > save.at ? `“${file.name}” has been changed since.` : undefined
}
