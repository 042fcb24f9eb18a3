import { type QueryExecutorProvider, sql } from 'kysely'

/** What a column holds. */
export type RecordValue = string | number | null | Uint8Array

/** A row of a table, as it is moved from one database to another. */
export interface MovedRecord {
  readonly table: string
  readonly row: Readonly<Record<string, RecordValue>>
}

/** A table whose rows are moved. */
export interface MovedTable {
  readonly name: string
  /** What is moved of a row. */
  readonly columns: readonly string[]
  /** In which order rows come. No two rows have the same here. */
  readonly order: readonly string[]
  /** By what a row is known that is there already; default `order`. */
  readonly same?: readonly string[]
}

/** What is kept besides files and their versions. */
export interface Records {
  all(): AsyncIterable<MovedRecord>
  /** `false`: it was there. `undefined`: nothing of its kind is kept here. */
  add(record: MovedRecord): Promise<boolean | undefined>
}

/** The rows of some tables. */
export function recordsIn(db: QueryExecutorProvider, tables: readonly MovedTable[]): Records {
  return {
    async *all() {
      for (const table of tables) yield* rowsOf(db, table)
    },
    async add(record) {
      const table = tables.find(({ name }) => name === record.table)
      return table && addRow(db, table, record)
    },
  }
}

/** Rows that are asked for at once. */
const pageSize = 500

async function* rowsOf(db: QueryExecutorProvider, { name, columns, order }: MovedTable): AsyncGenerator<MovedRecord> {
  const asked = sql.join([...new Set([...order, ...columns])].map((column) => sql.ref(column)))
  const by = sql.join(order.map((column) => sql.ref(column)))
  let after = sql``
  for (;;) {
    const page = sql<Readonly<Record<string, unknown>>>`
      select ${asked} from ${sql.table(name)} ${after} order by ${by} limit ${sql.lit(pageSize)}`
    const { rows } = await page.execute(db)
    for (const row of rows) yield { table: name, row: picked(row, columns) }
    const last = rows.at(-1)
    if (!last || rows.length < pageSize) return
    after = sql`where (${by}) > (${sql.join(order.map((column) => last[column]))})`
  }
}

const picked = (row: Readonly<Record<string, unknown>>, columns: readonly string[]): MovedRecord['row'] =>
  Object.fromEntries(columns.map((column) => [column, toValue(row[column])]))

function toValue(value: unknown): RecordValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (value instanceof Uint8Array) return value
  throw new TypeError(`a database has answered with ${typeof value}, which is not moved`)
}

async function addRow(
  db: QueryExecutorProvider,
  { name, columns, order, same = order }: MovedTable,
  { row }: MovedRecord,
): Promise<boolean> {
  const of = (column: string): RecordValue => {
    const value = row[column]
    if (value === undefined) throw new Error(`a record of ${name} says nothing of ${column}`)
    return value
  }
  const known = sql.join(
    same.map((column) => sql`${sql.ref(column)} = ${of(column)}`),
    sql` and `,
  )
  const found = await sql`select 1 from ${sql.table(name)} where ${known} limit 1`.execute(db)
  if (found.rows.length > 0) return false
  const into = sql.join(columns.map((column) => sql.ref(column)))
  const added = await sql`insert into ${sql.table(name)} (${into}) values (${sql.join(columns.map(of))})
    on conflict do nothing returning 1`.execute(db)
  return added.rows.length === 1
}
