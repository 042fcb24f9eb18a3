import type { CompiledQuery, QueryResult } from 'kysely'
import type { ClientBase, QueryResult as PgResult } from 'pg'
import { RepeatedAsk } from './repeated-ask.ts'
import { isRepeated } from './repeated-query.ts'

/** Told how a question has ended: why it failed, or its answer. */
export type Told<Row> = (
  ...outcome: [error: Error, answer: undefined] | [error: undefined, answer: QueryResult<Row>]
) => void

/** Asks over a connection. To be told takes less than a promise that the driver makes. */
export function askOver<Row>(client: ClientBase, query: CompiledQuery, told: Told<Row>): void {
  if (isRepeated(query)) {
    client.query(new RepeatedAsk(query, told, client))
    return
  }
  // A text takes less than an object that the driver would copy.
  client.query(query.sql, [...query.parameters], (error: Error | undefined, result: PgResult) => {
    if (error) told(error, undefined)
    else told(undefined, answerOf(result))
  })
}

/** Whether nothing is changed by a statement that may be changed twice: the first of a transaction, and what only reads. */
export const mayRepeat = ({ sql }: Pick<CompiledQuery, 'sql'>): boolean => /^(begin$|select\b)/i.test(sql)

function answerOf<Row>({ command, rowCount, rows }: PgResult): QueryResult<Row> {
  const isChange = command === 'UPDATE' || command === 'INSERT' || command === 'DELETE'
  // The rows are what the query says they are: that is what its type is made of.
  return isChange ? { rows: rows as Row[], numAffectedRows: BigInt(rowCount ?? 0) } : { rows: rows as Row[] }
}
