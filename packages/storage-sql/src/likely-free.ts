import { nameKey } from './names.ts'
import type { Db } from './store.ts'
import { here } from './tables.ts'

/** How many names are looked up at a time once the first is taken. */
const step = 50

/** The first of `names`, and then those of the others that nothing in the folder has when they are looked up. */
export async function* likelyFree(db: Db, parentId: string, names: Iterable<string>): AsyncGenerator<string> {
  const rest = names[Symbol.iterator]()
  const first = rest.next()
  if (first.done) return
  yield first.value
  for (let some = nextOf(rest); some.length > 0; some = nextOf(rest)) {
    const known = await keysAmong(db, parentId, some)
    for (const name of some) if (!known.has(nameKey(name))) yield name
  }
}

function nextOf(rest: Iterator<string>): string[] {
  const some: string[] = []
  for (let next = rest.next(); !next.done; next = rest.next()) if (some.push(next.value) === step) break
  return some
}

async function keysAmong(db: Db, parentId: string, names: readonly string[]): Promise<Set<string>> {
  const keys = names.map(nameKey).filter((key) => !key.includes('\0'))
  const rows = await db
    .selectFrom('entries')
    .select('name_key')
    .where('parent_id', '=', parentId)
    .where('state', '=', here)
    .where('name_key', 'in', keys)
    .execute()
  return new Set(rows.map(({ name_key }) => name_key))
}
