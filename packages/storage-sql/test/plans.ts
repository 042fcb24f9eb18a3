import type { CompiledQuery } from 'kysely'
import pg from 'pg'
import { expect, onTestFinished } from 'vitest'

/** A database with many rows, as a server of PostgreSQL reads it that thinks little of reading here and there. */
export async function filledDatabase(address: string, rows: readonly string[]): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  onTestFinished(() => client.end())
  for (const each of rows) await client.query(each)
  await client.query('set random_page_cost = 1.1')
  return client
}

/** How the server means to answer each query, which stands before its plan. There is at least one. */
export async function plansFor(client: pg.Client, queries: readonly CompiledQuery[]): Promise<string[]> {
  const plans: string[] = []
  for (const { sql, parameters } of queries) {
    if (/^(begin|commit|rollback)$/.test(sql)) continue
    const { rows } = await client.query(`explain ${sql}`, [...parameters])
    plans.push([sql, ...rows.map((row) => row['QUERY PLAN'])].join('\n'))
  }
  expect(plans.length).toBeGreaterThan(0)
  return plans
}
