import { causeOf, type Log } from '../log-event.ts'
import { DatabaseAway } from './storage-away.ts'

/** Whether the database answers. While it does not, nobody waits for it: it is asked now and then until it does again. */
export interface Weather {
  /** Throws while it is away. */
  check(): void
  /** Something went wrong that says that it is away, or stands still. */
  failed(error: unknown): void
  close(): void
}

/** What it takes to find out. */
export interface WeatherParts {
  /** Asks the database for something small. */
  readonly ask: () => Promise<unknown>
  readonly log: Log
  readonly now: () => number
}

/** How long between two questions, in milliseconds. */
const askEvery = 500

/** Watches a database. As long as nothing fails, it asks nothing. */
export function createWeather({ ask, log, now }: WeatherParts): Weather {
  let awaySince: number | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  async function look(): Promise<void> {
    try {
      await ask()
      log({ level: 'info', event: 'storage is back', milliseconds: now() - (awaySince ?? now()) })
      awaySince = undefined
    } catch {
      if (!isClosed) timer = setTimeout(() => void look(), askEvery).unref()
    }
  }

  return {
    check() {
      if (awaySince !== undefined) throw new DatabaseAway(awaySince)
    },
    failed(error) {
      if (awaySince !== undefined || isClosed) return
      awaySince = now()
      log({ level: 'error', event: 'storage is away', ...causeOf(error) })
      void look()
    },
    close() {
      isClosed = true
      clearTimeout(timer)
    },
  }
}
