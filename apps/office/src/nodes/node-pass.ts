import { createHmac, timingSafeEqual } from 'node:crypto'

/** The header by which a node knows that a request was passed on to it by another one. */
export const passHeader = 'openwopi-node-pass'

/** What a pass is for: one request to one node, for a short while. */
export interface Passed {
  readonly to: string
  readonly method: string
  /** Path and query. */
  readonly path: string
  /** What the request brings to show who sends it. */
  readonly ticketId: string
}

/** Lets nodes know each other's requests. Nobody can make a pass who does not know their secret. */
export interface NodePass {
  give(passed: Passed): string
  isGood(pass: string | undefined, passed: Passed): boolean
}

/** How long a pass is good, in milliseconds either way: clocks of nodes differ. */
const goodFor = 60_000

/** Passes signed with what all nodes know. */
export function nodePass(secret: Uint8Array, now: () => number): NodePass {
  const key = createHmac('sha256', secret).update('node pass').digest()
  const sign = (at: string, { to, method, path, ticketId }: Passed) =>
    createHmac('sha256', key)
      .update(JSON.stringify([at, to, method, path, ticketId]))
      .digest()
  return {
    give(passed) {
      const at = String(now())
      return `${at}.${sign(at, passed).toString('base64url')}`
    },
    isGood(pass, passed) {
      const [at = '', signature = ''] = pass?.split('.') ?? []
      if (!/^\d{1,15}$/.test(at) || Math.abs(now() - Number(at)) > goodFor) return false
      const given = Buffer.from(signature, 'base64url')
      const right = sign(at, passed)
      return given.length === right.length && timingSafeEqual(given, right)
    },
  }
}
