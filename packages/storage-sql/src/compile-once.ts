import type { Compilable, CompiledQuery, DialectAdapter, QueryExecutor, QueryResult } from 'kysely'
import type { RepeatedQuery } from './repeated-query.ts'
import type { Db, Store, Trx } from './store.ts'

/** Stands where a value comes later. No key that is asked for begins like this, nor does anything a query is built with. */
const marked = (name: string): string => `\0${name}`

/** What a query can be asked with that is sent as it is. */
export type Sent<Values> = Readonly<Record<keyof Values, string | number | null>>

/** A query that has been put together, asked with other values each time. */
export interface Compiled<Values, Row> {
  /** Asks by itself. */
  alone(store: Pick<Store, 'db' | 'ask'>, values: Values): Promise<QueryResult<Row>>
  /** Asks in a transaction. */
  within(trx: Trx, values: Values): Promise<QueryResult<Row>>
}

/** The parts of a query that stay the same, and which value each of its parameters is. */
interface Kept<Row, Name> {
  readonly query: CompiledQuery<Row>
  readonly learnt: RepeatedQuery['learnt']
  /** `undefined`: one that stays the same. */
  readonly names: readonly (Name | undefined)[]
}

/**
 * A query that is put together once for a database: to put it together takes longer than all else that a node does for it.
 * `build` gets what stands for each value, whose names are all of `names`; it must do no more with it than hand it on, and
 * name each column that it asks for: what a table has more of may be anything by the next time.
 */
export function compileOnce<Values extends Sent<Values>, Row>(
  names: readonly (keyof Values & string)[],
  build: (db: Db, values: Values) => Compilable<Row>,
): Compiled<Values, Row> {
  // What stands for a value only ever becomes a parameter, whatever the type of the value.
  const placeholders = Object.fromEntries(names.map((name) => [name, marked(name)])) as Values
  const nameOf = new Map<unknown, keyof Values>(names.map((name) => [marked(name), name]))
  const compiled = new WeakMap<DialectAdapter, Kept<Row, keyof Values>>()

  function compile(db: Db, adapter: DialectAdapter): Kept<Row, keyof Values> {
    const query = build(db, placeholders).compile()
    const kept = { query, learnt: {}, names: query.parameters.map((value) => nameOf.get(value)) }
    compiled.set(adapter, kept)
    return kept
  }

  function filled(db: Db, values: Values): RepeatedQuery<Row> {
    // A transaction has the adapter of its database.
    const { adapter } = db.getExecutor()
    const { query, learnt, names } = compiled.get(adapter) ?? compile(db, adapter)
    const parameters = names.map((name, index) => (name === undefined ? query.parameters[index] : values[name]))
    return { ...query, parameters, learnt }
  }

  return {
    alone: ({ db, ask }, values) => ask(filled(db, values)),
    within: (trx, values) => askThrough(trx)(filled(trx, values)),
  }
}

/** Asks a query that has been put together. */
export type Ask = <Row>(query: CompiledQuery<Row>) => Promise<QueryResult<Row>>

/** Asks as Kysely does, but that nothing is done with the answer. */
export const askThrough =
  (db: { getExecutor(): QueryExecutor }): Ask =>
  (query) =>
    db.getExecutor().provideConnection((connection) => connection.executeQuery(query))

/** The one row of an answer. */
export const firstOf = async <Row>(answer: Promise<QueryResult<Row>>): Promise<Row | undefined> =>
  (await answer).rows[0]
