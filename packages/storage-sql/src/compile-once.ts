import type { Compilable, CompiledQuery, DialectAdapter, QueryResult } from 'kysely'
import type { Db } from './store.ts'

/** Stands where a value comes later. No key that is asked for begins like this, nor does anything a query is built with. */
const marked = (name: string): string => `\0${name}`

/** A query that has been put together, asked with other values each time, in a transaction or by itself. */
export type Compiled<Values, Row> = (db: Db, values: Values) => Promise<QueryResult<Row>>

/**
 * A query that is put together once for a database: to put it together takes longer than all else that a node does for it.
 * `build` gets what stands for each value, whose names are all of `names`; it must do no more with it than hand it on.
 */
export function compileOnce<Values extends object, Row>(
  names: readonly (keyof Values & string)[],
  build: (db: Db, values: Values) => Compilable<Row>,
): Compiled<Values, Row> {
  // What stands for a value only ever becomes a parameter, whatever the type of the value.
  const placeholders = Object.fromEntries(names.map((name) => [name, marked(name)])) as Values
  const nameOf = new Map<unknown, keyof Values & string>(names.map((name) => [marked(name), name]))
  const compiled = new WeakMap<DialectAdapter, CompiledQuery<Row>>()
  function compile(db: Db, adapter: DialectAdapter): CompiledQuery<Row> {
    const query = build(db, placeholders).compile()
    compiled.set(adapter, query)
    return query
  }
  return async (db, values) => {
    const executor = db.getExecutor()
    // A transaction has the adapter of its database.
    const query = compiled.get(executor.adapter) ?? compile(db, executor.adapter)
    const parameters = query.parameters.map((value) => {
      const name = nameOf.get(value)
      return name === undefined ? value : values[name]
    })
    return executor.provideConnection((connection) => connection.executeQuery<Row>({ ...query, parameters }))
  }
}

/** The one row of an answer. */
export const firstOf = async <Row>(answer: Promise<QueryResult<Row>>): Promise<Row | undefined> =>
  (await answer).rows[0]
