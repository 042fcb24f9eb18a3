import { runTold } from './child.ts'

/** A kind of request that is sent at a rate of its own. */
export interface Sent {
  readonly name: string
  readonly port: number
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  /** Paths, taken in turns. */
  readonly targets: readonly string[]
  readonly perSecond: number
  /** How large the body is. */
  readonly bytes?: number
}

/** How long requests took, from when they were to be sent until the last byte of the answer. */
export interface Latencies {
  /** Milliseconds, by the name of the kind. */
  readonly times: Readonly<Record<string, readonly number[]>>
  /** Requests that were not answered with 200. */
  readonly failed: number
  readonly sent: number
}

/** Sends requests at fixed rates, for so many seconds, from a process of its own. */
export const openLoop = (calls: readonly Sent[], seconds: number): Promise<Latencies> =>
  runTold<Latencies>('open-loop', { calls, seconds })

/** The time within which a share of requests were answered: `0.99` of them, say. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
