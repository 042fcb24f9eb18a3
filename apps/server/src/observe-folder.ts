import type { FolderEvent } from '@openwopi/storage-folder'
import { type Events, eventOfFolder } from './events.ts'
import { causeOf, type Log } from './log-event.ts'

/** Tells the pages and the log what the folder finds out by itself. */
export const observeFolder =
  (events: Events, log: Log) =>
  (found: FolderEvent): void => {
    const { what, file, path, cause } = found
    log({
      level: what === 'unreadable' ? 'warn' : 'debug',
      event: 'folder',
      what,
      file: file?.id,
      path,
      ...(cause !== undefined && causeOf(cause)),
    })
    const event = eventOfFolder(found)
    if (event) events.publish(event)
  }
