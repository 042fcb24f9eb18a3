import type { Client } from 'pg'

/** Short messages among all who use a PostgreSQL database, by LISTEN and NOTIFY on one connection each. */
export interface Channel {
  /** Tells all, the one who tells included. While there is no connection, nobody hears it. */
  tell(message: string): Promise<void>
  close(): Promise<void>
}

/** What is heard. */
export interface ChannelListener {
  readonly heard: (message: string) => void
  /** Told whenever messages may have been missed: the connection was lost, and is there again. */
  readonly missed?: () => void
  readonly onConnectionLost?: (error: Error) => void
  /** Calls `run` after so many milliseconds, unless what it returns is called. */
  readonly after?: (milliseconds: number, run: () => void) => () => void
}

/** The most bytes of a message, which PostgreSQL sets. */
export const longestMessage = 7999

/** Milliseconds between tries to connect again, and between looks whether the connection still holds. */
const [againAfter, beatEvery, patience] = [500, 10_000, 5_000]

/** Begins to listen at a database. Fails if it cannot be reached now; later it is looked for again by itself. */
export async function openChannel(
  address: string,
  name: string,
  {
    after = (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds).unref()
      return () => clearTimeout(timer)
    },
    ...listener
  }: ChannelListener,
): Promise<Channel> {
  const { default: pg } = await import('pg')
  let client: Client | undefined
  let isClosed = false
  let stopWaiting = () => {}
  let last: Promise<unknown> = Promise.resolve()

  /** A connection is asked one thing after the other. What cannot be asked any more is not. */
  function ask(asked: Client, text: string, values: string[] = []): Promise<unknown> {
    const answer = last.then(() => (asked === client ? asked.query(text, values) : undefined))
    last = answer.catch(() => undefined)
    return answer
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: address,
      keepAlive: true,
      connectionTimeoutMillis: patience,
      query_timeout: patience,
      application_name: 'openwopi channel',
    })
    next.on('notification', ({ payload = '' }) => listener.heard(payload))
    next.on('error', (error) => lost(next, error))
    try {
      await next.connect()
      await next.query(`listen ${pg.escapeIdentifier(name)}`)
    } catch (error) {
      await next.end().catch(() => undefined)
      throw error
    }
    if (isClosed) return next.end()
    client = next
  }

  function lost(which: Client, error: Error): void {
    if (which !== client) return
    client = undefined
    stopWaiting()
    listener.onConnectionLost?.(error)
    which.end().catch(() => undefined)
    retry()
  }

  function retry(): void {
    if (isClosed) return
    stopWaiting = after(againAfter, () => connect().then(returned, retry))
  }

  function returned(): void {
    beat()
    listener.missed?.()
  }

  /** A connection that was cut without a word is found out by asking. */
  function beat(): void {
    stopWaiting = after(beatEvery, () => {
      const asked = client
      if (asked)
        ask(asked, 'select 1').then(
          () => asked === client && beat(),
          (error: Error) => lost(asked, error),
        )
    })
  }

  await connect()
  beat()

  return {
    async tell(message) {
      const asked = client
      if (asked)
        await ask(asked, 'select pg_notify($1, $2)', [name, message]).catch((error: Error) => lost(asked, error))
    },
    async close() {
      isClosed = true
      stopWaiting()
      const closing = client
      client = undefined
      await closing?.end().catch(() => undefined)
    },
  }
}
