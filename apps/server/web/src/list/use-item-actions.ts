import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { FileItem, FolderItem } from '../../../src/api.ts'
import { isFolderAddress } from '../api/addresses.ts'
import { refreshLists, replaceItem } from '../api/cache.ts'
import type { Item } from '../api/listing.ts'
import { messageOf, request } from '../api/request.ts'
import { useSession } from '../api/session.ts'
import { navigate } from '../routing.ts'
import { useShell } from '../shell.ts'
import { strings } from '../strings.ts'

/** What can be done with the rows of a list. */
export interface ItemActions {
  open(address: string, inNewTab: boolean): void
  readonly canRename: (item: Item) => boolean
  readonly canRemove: (item: Item) => boolean
  rename(item: Item, name: string): Promise<void>
  /** Deletes, and shows the way back. */
  remove(items: readonly Item[]): Promise<void>
  showVersions(file: FileItem): void
  share(item: Item): void
  /** Absent: this server keeps no activities. */
  readonly showActivity?: (file: FileItem) => void
  askBreakLock(file: FileItem): void
}

/** A dialog about one file or folder. */
export type FileDialog =
  | { readonly about: 'versions' | 'break-lock' | 'share' | 'activity'; readonly fileId: string }
  | { readonly about: 'share-folder'; readonly folder: FolderItem }

/** The actions of a list, and the dialog that one of them has opened. `folderId`: the folder that the list shows. */
export const useItemActions = (folderId?: string) => {
  const client = useQueryClient()
  const { toasts } = useShell()
  const hasActivities = useSession().data?.hasActivities ?? false
  const [dialog, setDialog] = useState<FileDialog>()
  const actions = useMemo((): ItemActions => {
    const complain = (error: unknown) => toasts.show({ text: messageOf(error), tone: 'trouble' })
    const restore = async (items: readonly Item[]) => {
      const outcomes = await Promise.allSettled(items.map((item) => putBack(item, folderId)))
      const failed = outcomes.find((outcome) => outcome.status === 'rejected')
      if (failed) complain(failed.reason)
      else toasts.show({ text: strings.restored(items.map(({ name }) => name)), tone: 'done' })
      await refreshLists(client)
    }
    return {
      open: (address, inNewTab) => {
        if (inNewTab) window.open(address, '_blank', 'noopener')
        else if (isFolderAddress(address)) navigate(address)
        else location.assign(address)
      },
      canRename: (item) => item.kind === 'folder' || item.can.rename,
      canRemove: (item) => item.kind === 'folder' || item.can.delete,
      rename: async (item, name) => {
        const renamed = await request<Item>(addressIn(item), { method: 'PATCH', body: { name } })
        replaceItem(client, item.id, () => renamed)
        await client.invalidateQueries({ queryKey: ['folder'] })
      },
      remove: async (items) => {
        const going = items.filter((item) => item.kind === 'folder' || item.can.delete)
        for (const { id } of going) replaceItem(client, id, () => undefined)
        const outcomes = await Promise.allSettled(going.map((item) => request(addressIn(item), { method: 'DELETE' })))
        const gone = going.filter((_, index) => outcomes[index]?.status === 'fulfilled')
        const failed = outcomes.find((outcome) => outcome.status === 'rejected')
        if (gone.length > 0)
          toasts.show({
            text: strings.deleted(gone.map(({ name }) => name)),
            tone: 'done',
            action: { label: strings.undo, run: () => void restore(gone) },
          })
        if (failed) complain(failed.reason)
        await refreshLists(client)
      },
      share: (item) =>
        setDialog(item.kind === 'file' ? { about: 'share', fileId: item.id } : { about: 'share-folder', folder: item }),
      ...(hasActivities && { showActivity: ({ id }: FileItem) => setDialog({ about: 'activity', fileId: id }) }),
      showVersions: ({ id }) => setDialog({ about: 'versions', fileId: id }),
      askBreakLock: ({ id }) => setDialog({ about: 'break-lock', fileId: id }),
    }
  }, [client, toasts, folderId, hasActivities])
  return { actions, dialog, setDialog }
}

const addressIn = ({ kind, id }: Item): string => `/${kind === 'file' ? 'files' : 'folders'}/${encodeURIComponent(id)}`

// Only an empty folder can be deleted, so a new one of that name is the same again.
const putBack = (item: Item, folderId = 'root'): Promise<unknown> =>
  item.kind === 'file'
    ? request(`/trash/${encodeURIComponent(item.id)}/restore`, { method: 'POST' })
    : request(`/folders/${encodeURIComponent(folderId)}/folders`, { method: 'POST', body: { name: item.name } })
