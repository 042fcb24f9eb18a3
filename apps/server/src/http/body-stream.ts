import { ReadableStream as Streams } from 'node:stream/web'
import type { Content } from '@openwopi/host'

/** Content as the body of a response. Whoever hangs up ends the reading of it. */
export const bodyStream = (content: Content): ReadableStream<Uint8Array> =>
  Streams.from(content) as ReadableStream<Uint8Array>
