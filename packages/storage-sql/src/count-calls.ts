/** Counts calls, so that none is under way when what it works with is closed. */
export interface Calls {
  /** The same port. Its calls count. */
  counted<Port extends object>(port: Port): Port
  /** Lets calls under way end, and none begin afterwards. */
  end(): Promise<void>
}

/** Counts the calls of the ports of one storage. */
export function countCalls(): Calls {
  const underWay = new Set<Promise<unknown>>()
  let isClosed = false
  async function call<T>(work: () => Promise<T>): Promise<T> {
    if (isClosed) throw new Error('the storage is closed')
    const running = work()
    underWay.add(running)
    try {
      return await running
    } finally {
      underWay.delete(running)
    }
  }
  return {
    counted<Port extends object>(port: Port): Port {
      const counted = Object.entries(port).map(([name, member]) => [
        name,
        typeof member === 'function' ? (...values: unknown[]) => call(() => member(...values)) : member,
      ])
      return Object.fromEntries(counted)
    },
    async end() {
      isClosed = true
      await Promise.allSettled(underWay)
    },
  }
}
