import { groups as allGroups, type Group, prepareRun, type RunOptions } from '../../src/index.ts'
import { type AHost, aHost, type HostKind, onSocket } from '../a-host.ts'
import type { Next } from './break.ts'

/** What makes a wrong host of a right one. */
export type Layer = (next: Next, host: AHost) => Next

/** A host that does one thing wrong. */
export interface Fault {
  /** What it does wrong. */
  readonly does: string
  /** What the check says that names it. */
  readonly named: string
  readonly make: Layer
  readonly kind?: HostKind
  readonly options?: (options: RunOptions) => RunOptions
  /** Whether it shows only on a socket, where bytes arrive as they were sent. */
  readonly isOnSocket?: boolean
}

/** `fault('has no locks', 'A file that …', layer)`. */
export const fault = (does: string, named: string, make: Layer, more: Partial<Fault> = {}): Fault => ({
  does,
  named,
  make,
  ...more,
})

/** What all the checks of these groups that a host fails say. */
export async function foundIn(fault: Fault, groups: readonly Group[] = allGroups): Promise<string[]> {
  const { kind, make, options = (same) => same, isOnSocket } = fault
  const host = isOnSocket
    ? await onSocket(kind, (right) => make(right.fetch, right))
    : await aHost('http://127.0.0.1/wopi', kind)
  const inProcess = make(host.fetch, host)
  const fetch = async (url: string, { signal, ...init }: RequestInit) =>
    Promise.race([inProcess(new Request(url, init)), endedBy(signal)])
  const inOrder = { ...options(host.options), groups, random: numbers() }
  const run = await prepareRun({ ...inOrder, ...(isOnSocket ? {} : { fetch }) })
  const found: string[] = []
  for await (const { check, result, reason } of run.outcomes()) {
    if (result === 'failed') found.push(check.says)
    if (result === 'error') found.push(`${check.says} (${reason})`)
  }
  return found
}

/** Numbers that nobody would call orderly, the same each time. */
function numbers(): () => number {
  let state = 20_261
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

/** A host in this process hears of no signal; a request that hangs ends all the same. */
const endedBy = (signal: RequestInit['signal']): Promise<never> =>
  new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }))
