import { Hono } from 'hono'
import type { Env } from '../http/env.ts'
import { eventStream } from '../http/event-stream.ts'
import type { Site } from '../site.ts'

/** What happens to the files, as it happens. */
export const eventRoutes = ({ events }: Site): Hono<Env> =>
  new Hono<Env>().get('/', (c) => eventStream(c, (send, end) => ({ stop: events.subscribe({ next: send, end }) })))
