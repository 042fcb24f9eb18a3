import { randomUUID } from 'node:crypto'
import { type Channel, longestMessage, openChannel } from '@openwopi/storage-sql/connect'
import type { ServerEvent } from '../api.ts'
import type { Config } from '../config.ts'
import type { Events } from '../events.ts'
import { causeOf, type Log } from '../log-event.ts'

/** Events that all servers of a database tell each other. */
export interface SharedEvents {
  readonly events: Events
  close(): Promise<void>
}

/** Has what happens here told to the other servers, and what happens there told here. Without others, it is as it was. */
export async function shareEvents(
  { database }: Pick<Config, 'database'>,
  events: Events,
  log: Log,
): Promise<SharedEvents> {
  if (database === undefined || !database.startsWith('postgres')) return { events, close: async () => {} }
  const self = randomUUID()
  const channel = await openChannel(database, 'openwopi_events', {
    heard(message) {
      const heard = read(message)
      if (heard && heard.from !== self) events.publish(heard.event)
    },
    onConnectionLost: (error) => log({ level: 'warn', event: 'events not shared', ...causeOf(error) }),
  })
  return {
    events: {
      ...events,
      publish(event) {
        events.publish(event)
        tell(channel, JSON.stringify({ from: self, event }))
      },
    },
    close: () => channel.close(),
  }
}

/** What is too long for the channel is told only here: pages look again by themselves. */
function tell(channel: Channel, message: string): void {
  if (Buffer.byteLength(message) <= longestMessage) void channel.tell(message)
}

/** Whoever may write to the database may say anything; but what is no event is none. */
function read(message: string): { readonly from: string; readonly event: ServerEvent } | undefined {
  try {
    const { from, event } = JSON.parse(message)
    return typeof from === 'string' && typeof event?.what === 'string' ? { from, event } : undefined
  } catch {
    return undefined
  }
}
