import type { Context } from 'hono'
import { z } from 'zod'
import { Refusal } from '../http/refusal.ts'

/** A name as it was typed. Whether it is a good one is the folder's business. */
export const named = z.object({ name: z.string().max(1024) })

/** The most bytes a JSON body may have. */
const longest = 64 * 1024

/** The JSON body of a request. Throws a `Refusal` if it is not what the route takes. */
export async function bodyOf<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  if (!/^application\/json\b/i.test(c.req.header('Content-Type') ?? '')) {
    throw new Refusal(415, 'Send the request as JSON, with Content-Type: application/json.')
  }
  const result = schema.safeParse(parsed(await textOf(c.req.raw.body)))
  if (!result.success) throw new Refusal(400, `The request is not understood: ${z.prettifyError(result.error)}`)
  return result.data
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch (cause) {
    throw new Refusal(400, 'The request is not JSON.', { cause })
  }
}

async function textOf(body: AsyncIterable<Uint8Array> | null): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.byteLength
    if (size > longest) throw new Refusal(413, `The request is longer than ${longest / 1024} KB.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
