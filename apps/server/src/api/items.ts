import type { Container, StoredFile } from '@openwopi/host'
import { permissionsFor } from '../access/permissions.ts'
import type { FileItem, FolderItem } from '../api.ts'
import { extensionOf } from '../clients/editors.ts'
import { heldLock, openBy } from '../files/locking.ts'
import { Refusal } from '../http/refusal.ts'
import { isShared } from '../links/links-to.ts'
import type { Person } from '../sign-in/person.ts'
import type { Site } from '../site.ts'

export const folderItem = ({ id, name }: Container): FolderItem => ({ kind: 'folder', id, name })

/** A file as `person` may see it. */
export async function fileItem(site: Site, person: Person, file: StoredFile): Promise<FileItem> {
  const by = await openBy(site, file)
  const can = permissionsFor(file)
  const isFree = by === undefined
  return {
    kind: 'file',
    id: file.id,
    folderId: file.parentId,
    name: file.name,
    size: file.size,
    modifiedAt: file.modifiedAt,
    version: file.version,
    ...(by && { openBy: by }),
    hasThumbnail: site.inside.thumbnails?.canDraw(file) ?? false,
    isShared: await isShared(site, { on: 'file', id: file.id }),
    actions: actionsFor(site, file, can.has('write')),
    can: {
      write: can.has('write'),
      rename: can.has('rename') && isFree,
      delete: can.has('delete') && isFree,
      breakLock: person.isOwner && (await heldLock(site, file.id, file)) !== undefined,
    },
  }
}

function actionsFor({ editors }: Site, file: StoredFile, canWrite: boolean): FileItem['actions'] {
  const extension = extensionOf(file.name)
  const isEmpty = file.size === 0
  const editing = editors.editorFor({ extension, wanted: 'edit', canWrite, isEmpty })
  const edit = editing !== undefined && !editing.picked.isReadOnly
  const converting = edit ? undefined : editors.editorFor({ extension, wanted: 'convert', canWrite })
  const convert = converting?.picked.isReadOnly === false ? converting.picked.action.targetext : undefined
  return { view: editing !== undefined, edit, ...(convert !== undefined && { convert }) }
}

/** The file with this id. Throws a `Refusal` if there is none. */
export async function fileOf({ folder }: Pick<Site, 'folder'>, id: string): Promise<StoredFile> {
  const file = await folder.storage.find(id)
  if (!file) throw new Refusal(404, 'This file is not there any more. Someone may have deleted it.')
  return file
}

/** The folder with this id; `root` is the root. Throws a `Refusal` if there is none. */
export async function folderOf({ folder }: Pick<Site, 'folder'>, id: string): Promise<Container> {
  const found = id === 'root' ? await folder.containers.root() : await folder.containers.find(id)
  if (!found) throw new Refusal(404, 'This folder is not there any more. Someone may have deleted it.')
  return found
}
