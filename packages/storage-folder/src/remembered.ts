import type { Database } from './database.ts'

/** How many answers are remembered between two changes of the database. */
const mostRemembered = 1000

/** Asks the database through `ask`, and no second time until something in it has changed. */
export function remembered<T>(
  database: Pick<Database, 'changes'>,
  ask: (key: string) => T | undefined,
): (key: string) => T | undefined {
  const known = new Map<string, T>()
  let knownAt = database.changes()

  return (key) => {
    if (knownAt !== database.changes() || known.size >= mostRemembered) known.clear()
    knownAt = database.changes()
    const answer = known.get(key) ?? ask(key)
    if (answer !== undefined) known.set(key, answer)
    return answer
  }
}
