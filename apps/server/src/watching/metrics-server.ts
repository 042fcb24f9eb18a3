import { createServer } from 'node:http'
import { listen } from '../http/listening.ts'
import type { Measures } from './measures.ts'
import type { ListeningAt } from './options.ts'

/** Answers Prometheus at a place of its own, which is open to whoever reaches it and tells of no person and no file. */
export interface MetricsServer {
  readonly port: number
  close(): void
}

/** Begins to answer. Throws the error of the system if the port is taken. */
export async function serveMetrics({ host, port }: ListeningAt, measures: Measures): Promise<MetricsServer> {
  const server = createServer(async (req, res) => {
    if (req.url?.split('?')[0] !== '/metrics') {
      res.writeHead(404, { 'Content-Type': 'text/plain' }).end('Metrics are at /metrics.\n')
      return
    }
    const text = await measures.text()
    res.writeHead(200, { 'Content-Type': measures.contentType, 'Cache-Control': 'no-store' }).end(text)
  })
  return {
    port: await listen(server, port, host),
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
