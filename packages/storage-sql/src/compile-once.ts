import type { Compilable, CompiledQuery } from 'kysely'
import type { Db } from './store.ts'

/** Stands where a value comes later. No key that is asked for begins like this, nor does anything a query is built with. */
const marked = (name: string): string => `\0${name}`

/**
 * A query that is put together once for a database and asked with other texts each time: to put it together takes longer
 * than all else that a node does for it. `build` gets what stands for each text.
 */
export function compileOnce<Name extends string, Row>(
  names: readonly Name[],
  build: (db: Db, texts: Readonly<Record<Name, string>>) => Compilable<Row>,
): (db: Db, texts: Readonly<Record<Name, string>>) => Promise<Row | undefined> {
  const placeholders = Object.fromEntries(names.map((name) => [name, marked(name)])) as Record<Name, string>
  const nameOf = new Map<unknown, Name>(names.map((name) => [marked(name), name]))
  const compiled = new WeakMap<Db, CompiledQuery<Row>>()
  return async (db, texts) => {
    const query = compiled.get(db) ?? build(db, placeholders).compile()
    compiled.set(db, query)
    const parameters = query.parameters.map((value) => {
      const name = nameOf.get(value)
      return name === undefined ? value : texts[name]
    })
    const { rows } = await db
      .getExecutor()
      .provideConnection((connection) => connection.executeQuery<Row>({ ...query, parameters }))
    return rows[0]
  }
}
