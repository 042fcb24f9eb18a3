import { once } from 'node:events'
import type { Server } from 'node:http'

/** A server that is up. */
export interface Listening {
  /** `http://127.0.0.1:34567` */
  readonly origin: string
  /** Stops listening, and ends the connections that are open. */
  readonly close: () => Promise<void>
}

/** Brings a server up on a free port of this machine. */
export async function listening(server: Server): Promise<Listening> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return whereIs(server)
}

/** Where a server listens that is up already. */
export function whereIs(server: Server): Listening {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('the server does not listen on a port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
