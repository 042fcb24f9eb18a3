/** Whom to tell about a stream of events. */
export interface StreamEvents<T> {
  readonly onData: (data: T) => void
  /** It has been broken for a while. It is tried again all the same. */
  readonly onLost: () => void
  /** It is there, for the first time or again. What happened before that is not known. */
  readonly onReturn: () => void
}

// A short gap, as when a laptop changes networks, is no news.
const patience = 2_000
// A browser gives up where the answer was an error, such as that of a proxy whose server is restarting.
const retryAfter = 3_000

/** Listens to a `text/event-stream` of JSON, through every gap. Returns the way to stop. */
export const createStream = <T>(address: string, { onData, onLost, onReturn }: StreamEvents<T>): (() => void) => {
  let source: EventSource
  let lostTimer: ReturnType<typeof setTimeout> | undefined
  let retryTimer: ReturnType<typeof setTimeout> | undefined

  const onOpen = () => {
    clearTimeout(lostTimer)
    lostTimer = undefined
    onReturn()
  }
  const onError = () => {
    lostTimer ??= setTimeout(onLost, patience)
    if (source.readyState === EventSource.CLOSED) retryTimer = setTimeout(connect, retryAfter)
  }
  const connect = () => {
    source = new EventSource(address)
    source.onopen = onOpen
    source.onerror = onError
    source.onmessage = ({ data }: MessageEvent<string>) => onData(JSON.parse(data))
  }
  connect()
  return () => {
    clearTimeout(lostTimer)
    clearTimeout(retryTimer)
    source.close()
  }
}
