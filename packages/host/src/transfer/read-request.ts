import { WopiError } from '@openwopi/protocol'
import { readFrames } from '@openwopi/protocol/transfer'
import type { Content } from '../ports.ts'

/** What `read` makes of what a client has sent. That it cannot be read is the client's fault. */
export async function readRequest<T>(read: () => Promise<T> | T): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    throw cause instanceof SyntaxError ? badRequest(cause.message, cause) : cause
  }
}

export const badRequest = (reason: string, cause?: unknown): WopiError =>
  new WopiError('InvalidRequest', { reason }, { cause })

/** What `read` makes of the message of a body that consists of nothing else. */
export const readMessage = <T>(content: Content, read: (json: unknown) => T): Promise<T> =>
  readRequest(async () => {
    const messages: T[] = []
    for await (const frame of readFrames(content)) {
      if (frame.type === 'message') messages.push(read(frame.json))
      else if (frame.type !== 'end') throw new SyntaxError('the body has more than a message')
    }
    const [message] = messages
    if (message === undefined) throw new SyntaxError('the body has no message')
    return message
  })
