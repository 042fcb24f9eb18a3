import { Hono } from 'hono'
import { z } from 'zod'
import type { AuditLog } from '../api.ts'
import type { Env } from '../http/env.ts'
import { ownersOnly } from '../http/guards.ts'
import { Refusal } from '../http/refusal.ts'
import type { Site } from '../site.ts'

const number = z.coerce.number().int().positive()
const query = z.object({
  limit: number.max(500).default(100),
  before: number.exactOptional(),
  about: z.string().max(200).exactOptional(),
})

/** Who did what: for owners alone. */
export const auditRoutes = ({ audit }: Site): Hono<Env> =>
  new Hono<Env>()
    .use(ownersOnly('Only owners may see who did what.'))
    .get('/', async (c) => {
      const asked = query.safeParse(c.req.query())
      if (!asked.success) throw new Refusal(400, 'limit and before are whole numbers, and limit is at most 500.')
      const entries = await audit.list(asked.data)
      const last = entries.at(-1)
      const isWhole = entries.length < asked.data.limit
      return c.json({ entries, ...(last && !isWhole && { before: last.number }) } satisfies AuditLog)
    })
    .get('/export', (c) => {
      const entries = audit.since(0)
      return c.body(lines(entries), 200, {
        'Content-Type': 'application/x-ndjson; charset=utf-8',
        'Content-Disposition': 'attachment; filename="audit.jsonl"',
      })
    })

/** One entry a line. */
const lines = (entries: AsyncIterable<object>): ReadableStream<Uint8Array> => {
  const iterator = entries[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await iterator.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`))
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
