const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '')

/** What PostgreSQL calls it when it has ended a connection, or is not there: classes 08 and 57P, and what the system says. */
const lostCodes = /^(08|57P0|25P03)|^(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|ENETUNREACH)$/

/** Whether the connection has failed, so that nobody can say what has become of its last statement. */
export const isConnectionLost = (error: unknown): error is Error =>
  error instanceof Error &&
  (lostCodes.test(codeOf(error)) ||
    /connection (terminated|ended|error)|not queryable|query read timeout|timeout exceeded|client was closed/i.test(
      error.message,
    ))

/** Whether the database has taken a transaction back only because another one was quicker. */
export const isTransient = (error: unknown): boolean => /^(40001|40P01)/.test(codeOf(error))

/** Whether somebody else is writing to the same SQLite file. */
export const isBusy = (error: unknown): boolean =>
  codeOf(error).startsWith('SQLITE_BUSY') || /database is locked/i.test(messageOf(error))

/** Whether a row was not taken because another one has its name. */
export const isTaken = (error: unknown): boolean =>
  codeOf(error) === '23505' || /UNIQUE constraint failed/i.test(messageOf(error))
