import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** How a way is at the moment. */
export type Condition =
  | 'open'
  /** Whoever comes is sent away, and connections that there were are broken. */
  | 'cut'
  /** Connections stay, and nothing gets through. */
  | 'silent'
  /** Everything takes so many milliseconds more, each way. */
  | { readonly delay: number }

/** A way to a server on this machine, on which things go wrong as they do in networks. */
export interface Way {
  readonly port: number
  become(condition: Condition): void
  close(): Promise<void>
}

/** Leads to `port` of 127.0.0.1. */
export async function openWay(port: number): Promise<Way> {
  let condition: Condition = 'open'
  const lanes = new Map<Socket, Lane>()

  function join(from: Socket, to: Socket): void {
    const lane = openLane(() => condition)
    lanes.set(from.setNoDelay(), lane)
    from.on('data', (piece) => lane.send(() => void to.write(piece)))
    from.on('end', () => lane.send(() => void to.end()))
    from.on('error', () => undefined)
    from.on('close', () => {
      lanes.delete(from)
      to.destroy()
    })
  }

  const server = createServer({ allowHalfOpen: true }, (one) => {
    if (condition === 'cut') return void one.destroy()
    const other = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    join(one, other)
    join(other, one)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')

  const breakAll = () => {
    for (const socket of lanes.keys()) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    become(next) {
      condition = next
      if (next === 'cut') breakAll()
      for (const lane of lanes.values()) lane.flush()
    },
    async close() {
      breakAll()
      server.close()
      await once(server, 'close')
    },
  }
}

/** One direction of one connection: what is sent arrives in its order. */
interface Lane {
  send(deliver: () => void): void
  /** Delivers what is due. */
  flush(): void
}

function openLane(condition: () => Condition): Lane {
  const underWay: { readonly deliver: () => void; readonly at: number }[] = []
  let timer: NodeJS.Timeout | undefined

  function flush(): void {
    clearTimeout(timer)
    while (condition() !== 'silent') {
      const [next] = underWay
      if (!next) return
      const left = next.at - performance.now()
      if (left > 0) {
        timer = setTimeout(flush, left)
        return
      }
      underWay.shift()
      next.deliver()
    }
  }

  return {
    send(deliver) {
      const now = condition()
      underWay.push({ deliver, at: performance.now() + (typeof now === 'object' ? now.delay : 0) })
      flush()
    },
    flush,
  }
}
