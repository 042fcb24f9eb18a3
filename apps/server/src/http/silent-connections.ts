import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** How long after it was opened a connection may keep its first request waiting, in milliseconds. */
const firstRequestWithin = 250

/** The connections that clients have opened and asked nothing on, as browsers do for what they may ask later. */
export interface SilentConnections {
  /** Closes those whose first request is not on its way either. */
  close(): void
}

/** Follows the connections of `server`, which tells of those that it answers, but not of these. */
export function silentConnections(server: Server): SilentConnections {
  const opened = new Map<Socket, number>()
  server.on('connection', (socket: Socket) => {
    opened.set(socket, performance.now())
    socket.once('close', () => opened.delete(socket))
  })

  function closeAll(): void {
    const since = performance.now() - firstRequestWithin
    for (const [socket, at] of opened) if (socket.bytesRead === 0 && at < since) socket.destroy()
  }

  return {
    // By then, what has arrived at this machine has been read.
    close: () => void setImmediate(closeAll),
  }
}
