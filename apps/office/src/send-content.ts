import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import type { OfficePorts } from './editing/office-ports.ts'
import type { Place } from './editing/sessions.ts'
import type { Ticket } from './tickets.ts'

/** The most bytes of a file that is handed to a page. */
const longestContent = 256 * 1024 * 1024

/** The bytes of the file. They are no page themselves. */
export async function sendContent(context: Context, ticket: Ticket, ports: OfficePorts): Promise<Response> {
  const { wopiSrc, accessToken } = ticket
  const { content, size } = await ports.client(wopiSrc, accessToken).getFile({ maxExpectedSize: longestContent })
  context.header('Content-Type', 'application/octet-stream')
  context.header('Content-Disposition', 'attachment')
  if (size !== undefined) context.header('Content-Length', String(size))
  return stream(context, async (output) => {
    for await (const chunk of content) await output.write(chunk)
  })
}

/** The file as it was when its shared document began: what is shared is what has changed since. */
export function sendBase(context: Context, place: Place | undefined): Response {
  if (!place) return context.json({ why: 'ended' }, 401)
  context.header('Content-Type', 'application/octet-stream')
  context.header('Content-Disposition', 'attachment')
  return context.body(new Uint8Array(place.session.content))
}
