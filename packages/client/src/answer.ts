import {
  anyOperationFails,
  type Content,
  decode,
  decodeFailure,
  type Message,
  type Operation,
  type Part,
  type Parts,
  WopiError,
} from '@openwopi/protocol'
import type { Answer } from './exchange.ts'
import { BadAnswer, WopiUnreachable } from './failures.ts'

/** The failure that an answer stands for. */
export async function failureOf(row: Operation, answer: Answer): Promise<WopiError> {
  try {
    // Not in the table, but what hosts and proxies answer: 403 for a token that has ended, 429 for too many requests.
    if (answer.status === 403) return new WopiError('InvalidToken', {})
    const status = answer.status === 429 ? 503 : answer.status
    return await decodeFailure([...row.fails, ...anyOperationFails], { ...answer, status })
  } finally {
    answer.cut()
  }
}

/** What an operation resolves to. */
export async function outputOf(row: Operation, answer: Answer): Promise<object> {
  const flows = Object.values(row.response).some(({ type }) => type === 'bytes')
  try {
    return await decode(lenient(row.response), answer)
  } catch (cause) {
    if (cause instanceof WopiUnreachable || !(cause instanceof SyntaxError)) throw cause
    throw new BadAnswer(`the host's answer to ${row.override ?? row.method} cannot be read: ${cause.message}`, {
      cause,
    })
  } finally {
    if (!flows) await drain(answer)
  }
}

/** What may be absent may as well be malformed: a save is no less done for a body that says something else. */
const lenient = (parts: Parts): Parts =>
  Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [name, part.optional ? forgiving(part as Part<unknown>) : part]),
  )

const forgiving = (part: Part<unknown>): Part<unknown> => ({
  ...part,
  read: async (message: Message) => {
    try {
      return await part.read(message)
    } catch {
      return undefined
    }
  },
})

const longestIgnored = 64 * 1024

/** Reads past what nobody asked for, so that the connection can be used again; much of it is cut off. */
async function drain(answer: Answer): Promise<void> {
  if (answer.body) await readUpTo(answer.body, longestIgnored).catch(() => undefined)
  answer.cut()
}

async function readUpTo(body: Content, limit: number): Promise<void> {
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > limit) return
  }
}
