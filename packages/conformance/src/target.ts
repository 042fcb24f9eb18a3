import { followUrl } from '@openwopi/client'
import { encode, type OperationName, operationNamed } from '@openwopi/protocol'
import type { Answer } from './answer.ts'
import { CannotRun } from './findings.ts'
import type { Resign, Sent, Wire } from './wire.ts'

/** What a request may differ in from an ordinary one. */
export interface How {
  /** Headers besides those of the operation, or in their place. */
  readonly headers?: Readonly<Record<string, string>>
  /** Another token. */
  readonly token?: string
  /** A whole query in place of the one with the token. */
  readonly query?: string
  readonly resign?: Resign
  readonly body?: Sent['body']
}

/** A file, or whatever else has an address at the host, as a check talks to it. */
export interface Target {
  readonly wopiSrc: string
  readonly token: string
  /** Asks for an operation as its row in the table says it is asked for. */
  ask(name: OperationName, input?: Readonly<Record<string, unknown>>, how?: How): Promise<Answer>
  /** Sends what no row says. */
  send(method: 'GET' | 'POST', path: string, how: How): Promise<Answer>
  /** Lets go of what checks locked, and of nothing else. */
  release(): Promise<void>
}

/** Makes a target of a WOPISrc and a token. */
export function createTarget(wire: Wire, wopiSrc: string, token: string): Target {
  const locks = new Set<string>()
  const coauthLocks = new Set<string>()

  async function send(method: 'GET' | 'POST', path: string, how: How): Promise<Answer> {
    const own = how.token ?? token
    const { 'X-WOPI-Lock': lock, 'X-WOPI-CoauthLockId': coauthLock } = how.headers ?? {}
    if (lock) locks.add(lock)
    if (coauthLock) coauthLocks.add(coauthLock)
    return wire.send({
      method,
      url: wopiSrc + path,
      query: how.query ?? `access_token=${encodeURIComponent(own)}`,
      token: own,
      headers: how.headers ?? {},
      body: how.body,
      resign: how.resign,
    })
  }

  const target: Target = {
    wopiSrc,
    token,
    send,
    ask(name, input = {}, how = {}) {
      const row = operationNamed(name)
      const { headers, body } = encode(row.request, input)
      const override = row.override === undefined ? {} : { 'X-WOPI-Override': row.override }
      return send(row.method, row.path ?? '', {
        body: body as Sent['body'],
        ...how,
        headers: { ...override, ...headers, ...how.headers },
      })
    },
    async release() {
      for (const lock of [...locks].reverse()) {
        const headers = { 'X-WOPI-Override': 'UNLOCK', 'X-WOPI-Lock': lock }
        const answer = await send('POST', '', { headers }).catch(() => undefined)
        if (answer?.status === 200 || answer?.status === 404) break
      }
      locks.clear()
      for (const lock of coauthLocks) {
        const headers = { 'X-WOPI-Override': 'UNLOCK_COAUTH_LOCK', 'X-WOPI-CoauthLockId': lock }
        await send('POST', '', { headers }).catch(() => undefined)
      }
      coauthLocks.clear()
    },
  }
  return target
}

/** The file that a host says it has made. A token is sent to no other origin than that of `from`. */
export function targetOf(wire: Wire, from: Target, url: unknown): Target {
  try {
    const { wopiSrc, accessToken } = followUrl({ wopiSrc: from.wopiSrc, accessToken: '' }, String(url))
    return createTarget(wire, wopiSrc, String(accessToken))
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CannotRun(`The file that was made cannot be reached: ${why}.`)
  }
}
