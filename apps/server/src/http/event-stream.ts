import type { Context } from 'hono'
import type { ServerEvent } from '../api.ts'
import type { Env } from './env.ts'

/** Proxies and browsers drop a connection on which nothing happens; milliseconds. */
const heartbeat = 25_000

/** Where events come from. */
export interface EventSource {
  readonly stop: () => void
  /** Called now and then, as long as anybody listens. */
  readonly onBeat?: () => void
}

/** Opens a source of events, which calls `send` with each and `end` after the last. */
export type OpenSource = (send: (event: ServerEvent) => void, end: () => void) => EventSource

/** Answers with events as they happen, until the source ends or whoever listens has gone. */
export function eventStream(c: Context<Env>, open: OpenSource): Response {
  const encoder = new TextEncoder()
  let leave = () => {}
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      let hasLeft = false
      const write = (text: string) => {
        if (!hasLeft) controller.enqueue(encoder.encode(text))
      }
      const end = () => {
        if (hasLeft) return
        leave()
        controller.close()
      }
      const source = open((event) => write(`data: ${JSON.stringify(event)}\n\n`), end)
      const beat = setInterval(() => {
        write(':\n\n')
        source.onBeat?.()
      }, heartbeat)
      leave = () => {
        hasLeft = true
        clearInterval(beat)
        source.stop()
      }
      write('retry: 2000\n\n')
    },
    cancel: () => leave(),
  })
  return c.body(stream, 200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  })
}
