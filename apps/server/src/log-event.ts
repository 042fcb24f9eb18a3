/** One line of the log. It never holds a token, a query string or anything of a document. */
export interface LogEvent {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  /** What happened, in a few fixed words that can be searched for. */
  readonly event: string
  /** The same for a person, as a sentence. */
  readonly message?: string
  readonly [detail: string]: unknown
}

export type Log = (event: LogEvent) => void

/** A path as it may go into the log: what opens a document by itself is left out. */
export const loggedPath = (path: string): string => path.replace(/^(\/[sr]\/)[^/]+/, '$1…').slice(0, 200)

/** What of an unknown error may go into the log: its kind, its message and where it was thrown. */
export function causeOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { cause: String(error) }
  return { cause: error.message, kind: error.name, ...('code' in error && { code: error.code }), stack: error.stack }
}
