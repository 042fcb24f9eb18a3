import { expect } from 'vitest'
import { type EditSession, type EditSessionOptions, openEditSession, type SessionState } from '../src/index.ts'
import { aClock, type Clock } from './a-clock.ts'
import { type AHost, aHost } from './a-host.ts'

type Options = Partial<EditSessionOptions> & { readonly host?: Parameters<typeof aHost>[1] }

/** A session on the document of a host of its own. */
export async function aSession({ host: hostOptions, ...options }: Options = {}) {
  const clock = aClock()
  const host = await aHost(clock, hostOptions)
  return { clock, host, ...(await another(host, clock, options)) }
}

/** One more session on the document of a host. */
export async function another(host: AHost, clock: Clock, options: Partial<EditSessionOptions> = {}) {
  const states: SessionState[] = []
  const session = await openEditSession({
    client: host.client(),
    lockId: 'mine',
    timers: clock,
    onState: (state) => states.push(state),
    ...options,
  })
  return { session, states }
}

/** Waits until the session stands so; real sockets take their time. */
export const until = (session: EditSession, is: SessionState['is']) =>
  expect.poll(() => session.state.is, { interval: 2 }).toBe(is)
