/** Whether this server may be sent work, for balancers and whoever restarts it. */
export interface Health {
  /** It takes new work. */
  isReady(): boolean
  /** From now on it wants none. */
  leave(): void
  /** What keeps it from taking new work, each in a word. Empty: nothing. */
  ailments(): Promise<readonly string[]>
}

/** Something without which no work can be done. It fails while it cannot be reached. */
export type Need = () => Promise<unknown>

/** Asks for each of `needs` whenever somebody asks for it, and gives each `patience` milliseconds. */
export function createHealth(needs: Readonly<Record<string, Need>>, patience = 2000): Health {
  let isLeaving = false
  let wasWell = true

  const ails = async ([name, need]: [string, Need]): Promise<string | undefined> => {
    const timer = timeout(patience)
    try {
      await Promise.race([need(), timer.passed])
      return undefined
    } catch {
      return name
    } finally {
      timer.clear()
    }
  }

  return {
    isReady: () => wasWell && !isLeaving,
    leave() {
      isLeaving = true
    },
    async ailments() {
      const found = (await Promise.all(Object.entries(needs).map(ails))).filter((name) => name !== undefined)
      wasWell = found.length === 0
      return isLeaving ? ['stopping', ...found] : found
    },
  }
}

function timeout(milliseconds: number) {
  let clear = () => {}
  const passed = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error('it took too long')), milliseconds)
    clear = () => clearTimeout(timer)
  })
  return { passed, clear }
}
