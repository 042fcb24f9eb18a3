import type { ServerEvent } from '../../../src/api.ts'

/** Whom to tell about the server. */
export interface Watcher {
  readonly onEvent?: (event: ServerEvent) => void
  readonly onLost?: () => void
  /** The server is there again. What happened in between is not known. */
  readonly onReturn?: () => void
}

// A short gap, as when a laptop changes networks, is no news.
const patience = 2_000
// A browser gives up where the answer was an error, such as that of a proxy whose server is restarting.
const retryAfter = 3_000

let isLost = false
const listeners = new Set<() => void>()

const tell = (next: boolean) => {
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

/** Listens to the server's events. Returns the way to stop. */
export const watchServer = ({ onEvent, onLost, onReturn }: Watcher): (() => void) => {
  let source: EventSource
  let lostTimer: ReturnType<typeof setTimeout> | undefined
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let wasBroken = false

  const connect = () => {
    source = new EventSource('/api/events')
    source.onopen = () => {
      clearTimeout(lostTimer)
      lostTimer = undefined
      tell(false)
      if (wasBroken) onReturn?.()
      wasBroken = false
    }
    source.onmessage = ({ data }: MessageEvent<string>) => onEvent?.(JSON.parse(data))
    source.onerror = () => {
      wasBroken = true
      lostTimer ??= setTimeout(() => {
        tell(true)
        onLost?.()
      }, patience)
      if (source.readyState === EventSource.CLOSED) retryTimer = setTimeout(connect, retryAfter)
    }
  }
  connect()
  return () => {
    clearTimeout(lostTimer)
    clearTimeout(retryTimer)
    source.close()
  }
}
