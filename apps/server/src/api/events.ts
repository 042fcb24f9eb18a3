import { Hono } from 'hono'
import type { Env } from '../http/env.ts'
import type { Site } from '../site.ts'

/** Proxies and browsers drop a connection on which nothing happens; milliseconds. */
const heartbeat = 25_000

/** What happens to the files, as it happens. */
export const eventRoutes = ({ events }: Site): Hono<Env> =>
  new Hono<Env>().get('/', (c) => {
    const encoder = new TextEncoder()
    let leave = () => {}
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        const send = (text: string) => controller.enqueue(encoder.encode(text))
        const beat = setInterval(() => send(':\n\n'), heartbeat)
        const unsubscribe = events.subscribe({
          next: (event) => send(`data: ${JSON.stringify(event)}\n\n`),
          end: () => {
            leave()
            controller.close()
          },
        })
        leave = () => {
          clearInterval(beat)
          unsubscribe()
        }
        send('retry: 2000\n\n')
      },
      cancel: () => leave(),
    })
    return c.body(stream, 200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    })
  })
