import type { Content } from '@openwopi/protocol'
import type { Sendable } from './content.ts'
import type { Idle } from './idle.ts'

/** Whether it can be sent only once. */
export const isFlowing = (content: Sendable | string | null): content is Content =>
  content !== null && typeof content !== 'string' && !(content instanceof Blob) && !(content instanceof Uint8Array)

/** How much longer the answer to so many bytes may take, in milliseconds: the line may be slow, and the host's disk. */
export const patience = (bytes: number): number => bytes / 64

/** Remembers that it was the content itself that failed, not the host. */
export interface Source {
  failure?: unknown
}

/** Content as `fetch` takes it. While it flows, the time for the host to take it runs anew with each chunk. */
export function toBody(content: Sendable | string, idle: Idle, source: Source): BodyInit {
  if (!isFlowing(content)) return content as BodyInit
  const iterator = content[Symbol.asyncIterator]()
  let size = 0
  return new ReadableStream<Uint8Array>({
    start(controller) {
      idle.signal.addEventListener('abort', () => {
        controller.error(idle.signal.reason)
        // The request has failed or is over; how its source ends no longer matters to anyone.
        iterator.return?.().catch(() => undefined)
      })
    },
    async pull(controller) {
      idle.rest()
      try {
        const { done, value } = await iterator.next()
        size += done ? 0 : value.byteLength
        idle.moved(done ? patience(size) : 0)
        if (done) controller.close()
        else controller.enqueue(value)
      } catch (failure) {
        source.failure = failure
        throw failure
      }
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
