import type { CompiledQuery } from 'kysely'

/** A column of an answer. */
export interface Column {
  readonly name: string
  /** A value from the text as which the server sends it. */
  readonly read: (text: string) => unknown
}

/** A query that is asked again and again with other values. It names all its columns, so that its answers are all alike. */
export interface RepeatedQuery<Row = unknown> extends CompiledQuery<Row> {
  /** The same each time. `columns`: what its rows consist of, once somebody has learnt it from an answer. */
  readonly learnt: { columns?: readonly Column[] }
}

/** Whether a query is one that is asked again and again. */
export const isRepeated = (query: CompiledQuery): query is RepeatedQuery => 'learnt' in query
