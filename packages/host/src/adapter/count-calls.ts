/** Counts calls, so that none is under way when what it works with is closed. */
export interface Calls {
  /** The same port. Its calls count. */
  counted<Port extends object>(port: Port): Port
  /** Lets calls under way end, and none begin afterwards. */
  end(): Promise<void>
}

/** Counts the calls of the ports of one storage. Those that come too late fail, and say `closed`. */
export function countCalls(closed: string): Calls {
  let underWay = 0
  let isClosed = false
  let toldWhenEnded = () => {}
  const ended = new Promise<void>((resolve) => {
    toldWhenEnded = resolve
  })
  function tellEnd(): void {
    if (isClosed && underWay === 0) toldWhenEnded()
  }
  async function call<T>(work: (...values: unknown[]) => Promise<T>, values: unknown[]): Promise<T> {
    if (isClosed) throw new Error(closed)
    underWay++
    try {
      return await work(...values)
    } finally {
      underWay--
      tellEnd()
    }
  }
  return {
    counted<Port extends object>(port: Port): Port {
      const counted = Object.entries(port).map(([name, member]) => [
        name,
        typeof member === 'function' ? (...values: unknown[]) => call(member, values) : member,
      ])
      return Object.fromEntries(counted)
    },
    async end() {
      isClosed = true
      tellEnd()
      await ended
    },
  }
}
