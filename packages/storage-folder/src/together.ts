interface Waiting<T> {
  readonly looked: Promise<T>
  readonly look: () => void
}

/**
 * Lets calls for the same thing that come in one turn of the event loop share one look at it. The look is made after
 * the last of them has come, so none of them is told what was true only before it asked.
 */
export function together<T>(
  look: (id: string) => Promise<T>,
  afterThisTurn: (run: () => void) => unknown = setImmediate,
): (id: string) => Promise<T> {
  let waiting = new Map<string, Waiting<T>>()

  function lookAtAll(): void {
    const asked = waiting
    waiting = new Map()
    for (const each of asked.values()) each.look()
  }

  function wait(id: string): Waiting<T> {
    if (waiting.size === 0) afterThisTurn(lookAtAll)
    let answer: (looked: Promise<T>) => void
    const looked = new Promise<T>((resolve) => {
      answer = resolve
    })
    const entry = { looked, look: () => answer(look(id)) }
    waiting.set(id, entry)
    return entry
  }

  return (id) => (waiting.get(id) ?? wait(id)).looked
}
