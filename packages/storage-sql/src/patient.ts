import type { DatabaseConnection } from 'kysely'
import { isBusy } from './database-errors.ts'

/** How often a statement is tried while somebody else writes, and how long is waited in between, in milliseconds. */
const tries = 250
const pause = 20

/** Waits for others that write to the same file. Within a transaction there is nobody to wait for. */
export function patient(
  connection: DatabaseConnection,
  wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
): DatabaseConnection {
  const execute: DatabaseConnection['executeQuery'] = async (query) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await connection.executeQuery(query)
      } catch (error) {
        if (attempt === tries || !isBusy(error)) throw error
        await wait(pause)
      }
    }
  }
  return { executeQuery: execute, streamQuery: connection.streamQuery }
}
