import type { QueryResult } from 'kysely'
import type { ClientBase, Connection, Submittable } from 'pg'
import type { Told } from './ask-over.ts'
import type { Column, RepeatedQuery } from './repeated-query.ts'

/** The values of a row as the server sends them. */
type Texts = readonly (string | null)[]

/**
 * A query that is asked again and again, on its way over a connection. The driver does all else; but once it is known what
 * the rows consist of, the server is not asked for that: to describe a row takes both sides longer than the row itself.
 */
export class RepeatedAsk<Row> implements Submittable {
  /** Told how it has ended. The driver puts one in its place that ends its watch over the time. */
  callback: Told<Row>
  readonly #query: RepeatedQuery
  readonly #values: (string | null)[]
  readonly #client: Pick<ClientBase, 'getTypeParser'>
  readonly #rows: Texts[] = []
  #tag = ''

  constructor(query: RepeatedQuery, callback: Told<Row>, client: Pick<ClientBase, 'getTypeParser'>) {
    this.callback = callback
    this.#query = query
    this.#values = query.parameters.map(toText)
    this.#client = client
  }

  submit(connection: Connection): void {
    const { sql, learnt } = this.#query
    connection.stream.cork()
    try {
      // Neither has a name: a pooler may give what comes next to another connection.
      connection.parse({ name: '', text: sql, types: [] }, true)
      connection.bind({ values: this.#values }, true)
      if (!learnt.columns) connection.describe({ type: 'P' }, true)
      connection.execute(null, true)
      connection.sync()
    } finally {
      connection.stream.uncork()
    }
  }

  handleRowDescription({ fields }: { readonly fields: readonly Field[] }): void {
    this.#query.learnt.columns = fields.map(({ name, dataTypeID }) => ({
      name,
      read: this.#client.getTypeParser(dataTypeID, 'text'),
    }))
  }

  handleDataRow({ fields }: { readonly fields: Texts }): void {
    this.#rows.push(fields)
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#tag = text
  }

  handleReadyForQuery(): void {
    const { learnt } = this.#query
    learnt.columns ??= []
    const { columns } = learnt
    const rows = this.#rows.map((texts) => rowOf<Row>(texts, columns))
    if (this.#rows.every(({ length }) => length === columns.length)) this.callback(undefined, answered(this.#tag, rows))
    else this.handleError(new Error('the database has answered with other columns than before'))
  }

  handleError(error: Error): void {
    this.callback(error, undefined)
  }
}

/** What the driver tells of a column. */
interface Field {
  readonly name: string
  readonly dataTypeID: number
}

/** `value` is a text, a number or nothing. */
const toText = (value: unknown): string | null => (value === null ? null : String(value))

function rowOf<Row>(texts: Texts, columns: readonly Column[]): Row {
  const row: Record<string, unknown> = {}
  columns.forEach(({ name, read }, index) => {
    const text = texts[index] ?? null
    row[name] = text === null ? null : read(text)
  })
  // It is what the query says it is: that is what its type is made of.
  return row as Row
}

/** `UPDATE 1` or `INSERT 0 1`, and `SELECT 1`, which has changed nothing. */
function answered<Row>(tag: string, rows: Row[]): QueryResult<Row> {
  const isChange = !tag.startsWith('SELECT')
  return isChange ? { rows, numAffectedRows: BigInt(tag.slice(tag.lastIndexOf(' ') + 1)) } : { rows }
}
