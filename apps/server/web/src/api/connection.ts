import type { ServerEvent } from '../../../src/api.ts'
import { base } from './base.ts'
import { holdInOneTab } from './one-tab.ts'
import { createStream } from './stream.ts'

/** Whom to tell about the server. */
export interface Watcher {
  readonly onEvent?: (event: ServerEvent) => void
  readonly onLost?: () => void
  /** The server is listened to, for the first time or again. What happened before that is not known. */
  readonly onReturn?: () => void
}

/** What the tab that listens passes on to the others. */
type News = { readonly is: 'event'; readonly event: ServerEvent } | { readonly is: 'lost' | 'returned' }

let isLost = false
const listeners = new Set<() => void>()

const setLost = (next: boolean) => {
  if (isLost === next) return
  isLost = next
  for (const listener of listeners) listener()
}

/** Whether the server has been out of reach for a while, as a store for `useSyncExternalStore`. */
export const connection = {
  isLost: (): boolean => isLost,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

/** Where events come from, and what the tabs are called that share them. */
const ownEvents = `${base}/api/events`

/**
 * Listens to the server's events. Returns the way to stop. Of all tabs one holds the connection and tells the others: a
 * browser has but six to a server, and a seventh open document would wait for ever.
 */
export const watchServer = (watcher: Watcher, address = ownEvents): (() => void) => {
  const name = `openwopi-events ${address}`
  const channel = new BroadcastChannel(name)
  const hear = (news: News) => {
    if (news.is === 'event') return watcher.onEvent?.(news.event)
    setLost(news.is === 'lost')
    if (news.is === 'lost') watcher.onLost?.()
    else watcher.onReturn?.()
  }
  const tell = (news: News) => {
    channel.postMessage(news)
    hear(news)
  }
  const listen = () =>
    createStream<ServerEvent>(address, {
      onData: (event) => tell({ is: 'event', event }),
      onLost: () => tell({ is: 'lost' }),
      onReturn: () => tell({ is: 'returned' }),
    })
  channel.onmessage = ({ data }: MessageEvent<News>) => hear(data)
  const stop = holdInOneTab(name, listen)
  return () => {
    stop()
    channel.close()
  }
}
