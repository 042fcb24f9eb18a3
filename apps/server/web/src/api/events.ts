import type { QueryClient } from '@tanstack/react-query'
import type { FileItem, ServerEvent } from '../../../src/api.ts'
import { isShown, refreshLists, replaceItem } from './cache.ts'
import { watchServer } from './connection.ts'
import { request } from './request.ts'

// Many events come at once when a tool works in the folder; one refresh then serves them all.
const settleTime = 300

/** Keeps what is shown true to what the server says has happened. `onReturn`: it is there again. Returns the way to stop. */
export const followEvents = (client: QueryClient, onReturn: () => void): (() => void) => {
  const changed = new Set<string>()
  let listsAreStale = false
  let isCommented = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const settle = () => {
    timer = undefined
    if (listsAreStale) void refreshLists(client)
    else for (const id of changed) void refreshFile(client, id)
    for (const id of changed)
      for (const about of ['versions', 'shares', 'activities']) void client.invalidateQueries({ queryKey: [about, id] })
    if (isCommented) void client.invalidateQueries({ queryKey: ['mentions'] })
    changed.clear()
    listsAreStale = false
    isCommented = false
  }
  const note = (event: ServerEvent) => {
    changed.add(event.fileId)
    if (event.what === 'created' || event.what === 'removed' || event.what === 'renamed' || event.what === 'shared')
      listsAreStale = true
    if (event.what === 'commented') isCommented = true
    timer ??= setTimeout(settle, settleTime)
  }
  // Nobody knows what was missed while there was no connection, such as between the first look and the first word.
  const stop = watchServer({
    onEvent: note,
    // It may be there, and only no longer know who this is.
    onLost: () => void client.invalidateQueries({ queryKey: ['session'] }),
    onReturn: () => {
      void client.invalidateQueries()
      onReturn()
    },
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}

const refreshFile = async (client: QueryClient, id: string): Promise<void> => {
  if (!isShown(client, id)) return
  // A file that cannot be read now is left as it was shown: the event that says why is on its way.
  const file = await request<FileItem>(`/files/${encodeURIComponent(id)}`).catch(() => undefined)
  if (file) replaceItem(client, id, () => file)
}
