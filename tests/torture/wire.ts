import { Agent, type IncomingMessage, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Contents } from './contents.ts'
import type { Answered, Asked } from './history.ts'

/** How a call is made. Times are in milliseconds. */
export interface Manner {
  /** The address of the server. */
  readonly to: string
  readonly file: WireFile
  /** How long after the first half of a content its second half is sent. Absent: at once. */
  readonly pause?: number
  /** When the client goes away. Absent: it stays. */
  readonly cutAfter?: number
}

/** A file as it is called. */
export interface WireFile {
  /** What comes after the address of a server. */
  readonly path: string
  readonly accessToken: string
  readonly contents: Contents
}

/** `'not asked'`: the call cannot have taken effect, or it only asked and got no answer. */
export type Outcome = Answered | 'not asked'

/** Makes calls as WOPI clients do. Knows nothing of the project's own client, so that the two cannot be wrong together. */
export interface Wire {
  call(asked: Asked, manner: Manner): Promise<Outcome>
  /** Breaks every connection that there is. */
  breakAll(): void
  close(): void
}

/** How long an answer is waited for. */
const patience = 15_000

const overrides = {
  lock: 'LOCK',
  unlockAndRelock: 'LOCK',
  refreshLock: 'REFRESH_LOCK',
  unlock: 'UNLOCK',
  getLock: 'GET_LOCK',
  putFile: 'PUT',
} as const

/** Keeps connections from call to call. */
export function openWire(): Wire {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const answers = new Set<AbortController>()

  async function call(asked: Asked, manner: Manner): Promise<Outcome> {
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(), manner.cutAfter ?? patience)
    answers.add(abort)
    try {
      return await exchange(asked, manner, { agent, signal: abort.signal })
    } catch (error) {
      if (error instanceof Unexpected) throw error
      return isRefused(error) || !changes(asked) ? 'not asked' : { is: 'unknown' }
    } finally {
      clearTimeout(timer)
      answers.delete(abort)
    }
  }

  return {
    call,
    breakAll: () => {
      for (const each of answers) each.abort()
    },
    close: () => agent.destroy(),
  }
}

/** An answer that no call of a client should get, whatever is wrong around it. */
export class Unexpected extends Error {}

const changes = ({ what }: Asked): boolean => !['getFile', 'checkFileInfo', 'getLock'].includes(what)

/** Nobody listened, so nobody has heard of the call. */
const isRefused = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED'

interface Line {
  readonly agent: Agent
  readonly signal: AbortSignal
}

async function exchange(asked: Asked, manner: Manner, { agent, signal }: Line): Promise<Outcome> {
  const { what } = asked
  const hasContents = what === 'getFile' || what === 'putFile'
  const { path, accessToken, contents } = manner.file
  const url = `${manner.to}${path}${hasContents ? '/contents' : ''}?access_token=${accessToken}`
  const isRead = what === 'getFile' || what === 'checkFileInfo'
  const body = what === 'putFile' ? contents.of(asked.write) : Buffer.alloc(0)
  const sending = request(url, {
    agent,
    signal,
    method: isRead ? 'GET' : 'POST',
    headers: {
      ...(!isRead && { 'X-WOPI-Override': overrides[what], 'Content-Length': body.length }),
      ...('lock' in asked && asked.lock !== undefined && { 'X-WOPI-Lock': asked.lock }),
      ...('oldLock' in asked && { 'X-WOPI-OldLock': asked.oldLock }),
    },
  })
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    sending.once('response', resolve)
    sending.on('error', reject)
  })
  if (manner.pause === undefined) sending.end(body)
  else {
    sending.write(body.subarray(0, body.length / 2))
    setTimeout(() => sending.end(body.subarray(body.length / 2)), manner.pause)
  }
  return read(asked, await answer, contents)
}

async function read(asked: Asked, answer: IncomingMessage, contents: Contents): Promise<Outcome> {
  const { statusCode: status = 0, headers } = answer
  const body = await buffer(answer)
  if (status >= 500) return changes(asked) ? { is: 'unknown' } : 'not asked'
  const lock = headers['x-wopi-lock']
  const version = headers['x-wopi-itemversion']
  if (status === 409 && typeof lock === 'string') return { is: 'refused', held: lock }
  if (status !== 200) throw new Unexpected(`${asked.what} was answered ${status}: ${body.subarray(0, 200)}`)
  if (asked.what === 'getLock') return { is: 'held', lock: typeof lock === 'string' ? lock : '' }
  if (asked.what === 'getFile') return given(contents.numberOf(body), String(version), `${body.length} bytes`)
  if (asked.what !== 'checkFileInfo') return { is: 'done', ...(typeof version === 'string' && { version }) }
  const { Size, SHA256, Version } = JSON.parse(body.toString())
  return given(contents.numberBy(Size, SHA256), Version, `${Size} bytes with the hash ${SHA256}`)
}

function given(write: number | undefined, version: string, what: string): Answered {
  if (write === undefined) throw new Unexpected(`version ${version} is ${what} that were never sent so`)
  return { is: 'content', write, version }
}
