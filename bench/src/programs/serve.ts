import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { Usage } from '../child.ts'

/** What the program was asked to do. */
export const options = JSON.parse(process.argv[2] ?? '{}')

let peakRss = 0

function usage(): Usage {
  const { user, system } = process.cpuUsage()
  const rss = process.memoryUsage.rss()
  return { rss, peakRss: Math.max(peakRss, rss), cpu: user + system }
}

/** Begins with the first `reset`: where nobody asks for the peak, looking for it must not cost anything. */
let isWatching = false

function watchMemory(): void {
  peakRss = 0
  if (isWatching) return
  isWatching = true
  setInterval(() => {
    peakRss = Math.max(peakRss, process.memoryUsage.rss())
  }, 10).unref()
}

/** Listens on a free port, tells the parent so, and answers its questions about what this process uses. */
export async function serve(listener: RequestListener, more: object = {}): Promise<void> {
  const server = createServer({ keepAliveTimeout: 60_000 }, listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  process.on('message', (question) => {
    if (question === 'reset') watchMemory()
    process.send?.(usage())
  })
  process.once('disconnect', () => process.exit())
  process.send?.({ port, ...more })
}
