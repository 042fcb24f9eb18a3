import type { HostEvent } from '@openwopi/host'
import type { FolderEvent } from '@openwopi/storage-folder'
import type { ServerEvent } from './api.ts'
import { doneInCells, isInCells } from './cells/done-in-cells.ts'

/** What happens to the files, for whoever looks at them. */
export interface Events {
  publish(event: ServerEvent): void
  /** Calls `listener` with each event until the returned function is called. */
  subscribe(listener: Listener): () => void
  /** Tells every listener that there will be no more. */
  close(): void
}

export interface Listener {
  readonly next: (event: ServerEvent) => void
  readonly end: () => void
}

export function createEvents(): Events {
  const listeners = new Set<Listener>()
  return {
    publish(event) {
      for (const listener of listeners) listener.next(event)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      for (const listener of listeners) listener.end()
      listeners.clear()
    },
  }
}

const ofOperation = {
  putFile: 'changed',
  putChunkedFile: 'changed',
  lock: 'locked',
  unlock: 'unlocked',
  getCoauthLock: 'locked',
  unlockCoauthLock: 'unlocked',
  putRelativeFile: 'created',
  renameFile: 'renamed',
  deleteFile: 'removed',
  createChildFile: 'created',
  createChildContainer: 'created',
  renameContainer: 'renamed',
  deleteContainer: 'removed',
  getShareUrl: 'shared',
  getContainerShareUrl: 'shared',
  getRestrictedLink: 'shared',
  revokeRestrictedLink: 'shared',
  addActivities: 'commented',
} as const satisfies Record<string, ServerEvent['what']>

const kindOf = ({ operation }: HostEvent) =>
  operation && Object.hasOwn(ofOperation, operation) ? ofOperation[operation as keyof typeof ofOperation] : undefined

/** What a WOPI call means for whoever looks at the files. `undefined`: nothing. */
export function eventOfCall(call: HostEvent): ServerEvent | undefined {
  const { resource, status, conflictCopy, made: file, container } = call
  const what = isInCells(call) ? doneInCells(call) : kindOf(call)
  if (status !== 200 || !resource || !what) return undefined
  if (conflictCopy) {
    return { what: 'conflict', fileId: resource.id, copyId: conflictCopy.id, copyName: conflictCopy.name }
  }
  const made = file ?? container
  if (!made) return { what, fileId: resource.id }
  const { id, parentId, name } = made
  return { what, fileId: id, ...(parentId !== undefined && { folderId: parentId }), name }
}

/** What the folder found out by itself means for whoever looks at the files. `undefined`: nothing. */
export function eventOfFolder({ what, file }: FolderEvent): ServerEvent | undefined {
  if (!file) return undefined
  if (what === 'changed outside') return { what: 'changed', fileId: file.id, folderId: file.parentId, name: file.name }
  if (what === 'moved outside') return { what: 'renamed', fileId: file.id, folderId: file.parentId, name: file.name }
  return undefined
}
