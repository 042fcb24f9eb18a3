/**
 * Lets calls for many things that come in one turn of the event loop share one query. It is made after the last of them has
 * come, so none of them is told what was true only before it asked. `lookAtAll` answers for every id it is given.
 */
export function gathered<T>(
  lookAtAll: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  afterThisTurn: (run: () => void) => unknown = setImmediate,
): (id: string) => Promise<T | undefined> {
  let ids = new Set<string>()
  let looked: Promise<ReadonlyMap<string, T>> | undefined

  function gather(): Promise<ReadonlyMap<string, T>> {
    return new Promise((answer) => {
      afterThisTurn(() => {
        const asked = [...ids]
        ids = new Set()
        looked = undefined
        answer(lookAtAll(asked))
      })
    })
  }

  return async (id) => {
    ids.add(id)
    looked ??= gather()
    return (await looked).get(id)
  }
}

/** Rows by what they belong to. */
export function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
