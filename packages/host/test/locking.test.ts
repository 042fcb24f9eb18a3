import { WopiError } from '@openwopi/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createHost, memoryLocks, memoryStorage } from '../src/index.ts'

const everything = new Set(['read', 'write', 'rename', 'delete', 'create'] as const)
const ann = { id: 'ann', name: 'Ann' }

async function setUp() {
  const clock = { now: 0 }
  const storage = memoryStorage({ now: () => clock.now })
  const file = await storage.create('root', ['a.txt'], new Blob(['x']).stream(), { by: ann })
  const held = memoryLocks()
  // A turn of the event loop before each step lets calls come between each other.
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
  const locks: typeof held = {
    read: async (id) => turn().then(() => held.read(id)),
    swap: async (id, expected, next) => turn().then(() => held.swap(id, expected, next)),
  }
  const access = {
    authorize: async () => ({ user: ann, can: everything, expiresAt: Number.MAX_SAFE_INTEGER }),
    issue: async () => ({ token: 't', expiresAt: 0 }),
  }
  const host = createHost({ storage, locks, access, publicUrl: 'http://h/wopi', now: () => clock.now })
  const call = async (headers: Record<string, string>) => {
    const answer = await host.answer({
      method: 'POST',
      url: `/wopi/files/${file?.id}?access_token=t`,
      headers: new Headers(headers),
      body: null,
    })
    return { status: answer.status, lock: answer.headers['X-WOPI-Lock'] }
  }
  return { call, clock }
}

type Step = {
  readonly verb: 'LOCK' | 'UNLOCK' | 'REFRESH_LOCK' | 'RELOCK' | 'wait'
  readonly id: string
  readonly old: string
  readonly minutes: number
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    verb: fc.constantFrom('LOCK', 'UNLOCK', 'REFRESH_LOCK', 'RELOCK', 'wait'),
    id: fc.constantFrom('A', 'B', 'C'),
    old: fc.constantFrom('A', 'B', 'C'),
    minutes: fc.integer({ min: 1, max: 40 }),
  }),
  { maxLength: 40 },
)

/** The rule of the specification, in as few words as it can be said. */
function model(held: string | undefined, { verb, id, old }: Step): { ok: boolean; next: string | undefined } {
  const wanted = verb === 'RELOCK' ? old : id
  const ok = verb === 'LOCK' ? held === undefined || held === id : held === wanted
  return { ok, next: !ok ? held : verb === 'UNLOCK' ? undefined : id }
}

test('any sequence of lock operations and waits is answered as the specification says', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const { call, clock } = await setUp()
      let held: string | undefined
      let until = 0
      for (const step of sequence) {
        if (step.verb === 'wait') {
          clock.now += step.minutes * 60_000
          continue
        }
        if (until <= clock.now) held = undefined
        const { ok, next } = model(held, step)
        const override = step.verb === 'RELOCK' ? 'LOCK' : step.verb
        const answer = await call({
          'X-WOPI-Override': override,
          'X-WOPI-Lock': step.id,
          ...(step.verb === 'RELOCK' && { 'X-WOPI-OldLock': step.old }),
        })
        expect(answer).toEqual(ok ? { status: 200, lock: undefined } : { status: 409, lock: held ?? '' })
        held = next
        if (ok && next !== undefined) until = clock.now + 30 * 60_000
      }
    }),
    { numRuns: 60 },
  )
})

test('of two hundred who lock, and fifty who change one lock for another, exactly one wins', async () => {
  const { call } = await setUp()
  const locked = await Promise.all(
    Array.from({ length: 200 }, (_, i) => call({ 'X-WOPI-Override': 'LOCK', 'X-WOPI-Lock': `L${i}` })),
  )
  const winner = locked.findIndex(({ status }) => status === 200)
  expect(locked.filter(({ status }) => status === 200)).toHaveLength(1)
  const relocked = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      call({ 'X-WOPI-Override': 'LOCK', 'X-WOPI-OldLock': `L${winner}`, 'X-WOPI-Lock': `M${i}` }),
    ),
  )
  expect(relocked.filter(({ status }) => status === 200)).toHaveLength(1)
})

test('a WopiError carries what it would say on the wire', () => {
  expect(new WopiError('LockMismatch', { lock: 'A', reason: 'because' }).message).toBe('LockMismatch: because')
})
