import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import type { ConversionNews } from './converter/conversion-news.ts'
import { ConversionError } from './converter/converter.ts'
import type { OfficePorts } from './editing/office-ports.ts'
import { whyNot } from './editing/why-not.ts'

/** What a conversion is given: how to tell where it stands, and when nobody waits for it any more. */
export interface Watched {
  readonly signal: AbortSignal
  readonly onPlace: (before: number) => void
}

/** What was made: to be sent, or put beside the document. */
export type Made = Uint8Array | { readonly name: string; readonly url?: string }

/** Answers with how a conversion goes, and what comes of it. The work ends when the page does not wait any more. */
export function sendConversion(
  context: Context,
  { observe }: Pick<OfficePorts, 'observe'>,
  work: (watched: Watched) => Promise<Made>,
): Response {
  context.header('Content-Type', 'application/octet-stream')
  context.header('Content-Disposition', 'attachment')
  // A proxy that collects an answer would keep the news until they are old.
  context.header('X-Accel-Buffering', 'no')
  return stream(context, async (output) => {
    const left = new AbortController()
    output.onAbort(() => left.abort())
    const signal = AbortSignal.any([left.signal, context.req.raw.signal])
    const tell = (news: ConversionNews) => output.write(`${JSON.stringify(news)}\n`)
    const onPlace = (before: number) => void tell(before > 0 ? { is: 'waiting', before } : { is: 'working' })
    try {
      const made = await work({ signal, onPlace })
      if (!(made instanceof Uint8Array)) return void (await tell({ is: 'done', ...made }))
      await tell({ is: 'done' })
      await output.write(made)
    } catch (cause) {
      if (signal.aborted) return
      observe({ what: 'not converted', cause })
      await tell({ is: 'failed', why: cause instanceof ConversionError ? cause.why : whyNot(cause) })
    }
  })
}
