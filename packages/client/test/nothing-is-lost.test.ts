import { type ClientProfile, profiles } from '@openwopi/host'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CloseResult, DocumentContent } from '../src/index.ts'
import { aClock } from './a-clock.ts'
import { aHost, type Fault, utf8 } from './a-host.ts'
import { another } from './a-session.ts'

/** What may happen to a session, in any order. */
type Happening =
  | { readonly is: 'save' | 'settle' | 'restart' | 'stop' | 'start' }
  | {
      readonly is:
        | 'lock expires'
        | 'lock is stolen'
        | 'other leaves'
        | 'other edits'
        | 'token ends'
        | 'token renewed'
        | 'retry'
    }
  | { readonly is: 'fault'; readonly fault: Fault }
  | { readonly is: 'time passes'; readonly by: number }

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ is: 'save' } as const) },
  { weight: 6, arbitrary: fc.constant({ is: 'settle' } as const) },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(
        ...(['restart', 'stop', 'start', 'lock expires', 'lock is stolen', 'other leaves'] as const),
        ...(['other edits', 'token ends', 'token renewed', 'retry'] as const),
      )
      .map((is) => ({ is })),
  },
  {
    weight: 6,
    arbitrary: fc
      .record({
        on: fc.constantFrom('PUT', 'PUT', 'LOCK', 'GET', 'REFRESH_LOCK', 'UNLOCK'),
        how: fc.constantFrom('lost' as const, 'unheard' as const, 500, 503, 409),
      })
      .map((fault) => ({ is: 'fault', fault }) as const),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(1000, 5000, 60_000, 600_000, 1_900_000)
      .map((by) => ({ is: 'time passes', by }) as const),
  },
)

const textOfSnapshot = (content: DocumentContent) =>
  content instanceof Uint8Array ? new TextDecoder().decode(content) : ''
const aMoment = () => new Promise<void>((resolve) => setImmediate(resolve))

/** The first sends times with its saves that the host compares, the second does not. */
const profile = fc.constantFrom<ClientProfile>(profiles.collabora, profiles.openwopi)

/** A session to which things happen. */
async function aLife(profile: ClientProfile) {
  const clock = aClock()
  const host = await aHost(clock, { profile })
  let underWay = 0
  const counted = async (url: string, init: RequestInit) => {
    underWay++
    return fetch(url, init).finally(() => underWay--)
  }
  const { session } = await another(host, clock, { client: { ...host.client(), fetch: counted } })
  const permissions = host.tokens.get('alice') ?? new Set()
  let saves = 0
  let tokens = 0
  let edits = 0

  const events: Record<Exclude<Happening['is'], 'fault' | 'time passes'>, () => unknown> = {
    save: () => void session.save(utf8(`mine ${++saves}`)),
    // Bounded: a save that is under way ends one way or another.
    settle: async () => {
      for (let i = 0; i < 2000 && session.state.is === 'saving'; i++) await aMoment()
    },
    restart: async () => {
      await host.stop()
      await host.start()
    },
    stop: host.stop,
    start: async () => {
      await host.stop()
      await host.start()
    },
    'lock expires': host.dropLock,
    'lock is stolen': () => host.stealLock('theirs'),
    'other leaves': async () => (await host.lock()) === 'theirs' && host.dropLock(),
    'other edits': async () => {
      await host.stealLock('theirs')
      await host.change(`theirs ${++edits}`)
      await host.dropLock()
    },
    'token ends': () => host.tokens.clear(),
    'token renewed': () => {
      host.tokens.set(`token${++tokens}`, permissions)
      session.use(`token${tokens}`)
    },
    retry: () => session.retry(),
  }
  return {
    session,
    host,
    last: () => `mine ${saves}`,
    hasSaved: () => saves > 0,
    hasOther: () => edits > 0,
    lastOfOther: () => `theirs ${edits}`,
    async live(one: Happening) {
      if (one.is === 'fault') host.faults.push(one.fault)
      else if (one.is === 'time passes') clock.advance(one.by)
      else await events[one.is]()
    },
    /** Closes the session, letting as much time pass as that takes. */
    async close(within: number): Promise<CloseResult> {
      let end: CloseResult | undefined
      void session.close({ within }).then((result) => {
        end = result
      })
      // No time passes while the host is being asked: it would run out before a real socket has answered.
      for (let i = 0; !end && i < 20_000; i++) {
        await aMoment()
        if (underWay === 0 && i % 8 === 0) clock.advance(500)
      }
      if (!end) throw new Error('the session did not close')
      return end
    },
  }
}

test('whatever happens, the last content is with the host or is given back', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      profile,
      fc.array(happening, { maxLength: 25 }),
      fc.constantFrom(0, 30_000),
      async (profile, story, within) => {
        const life = await aLife(profile)
        try {
          for (const one of story) await life.live(one)
          const end = await life.close(within)
          const content = await life.host.content()
          if (!end.isSaved) expect(textOfSnapshot(end.unsaved.content)).toBe(life.last())
          else if (life.hasOther()) expect([life.last(), life.lastOfOther()]).toContain(content)
          else expect(content).toBe(life.hasSaved() ? life.last() : 'first')
        } finally {
          await life.host.stop()
        }
      },
    ),
    { numRuns: 100 },
  )
})

test('whatever happened, once host, token and lock are well again the last content arrives', {
  timeout: 120_000,
}, async () => {
  const withoutOthers = happening.filter(({ is }) => is !== 'other edits')
  await fc.assert(
    fc.asyncProperty(profile, fc.array(withoutOthers, { maxLength: 25 }), async (profile, story) => {
      const life = await aLife(profile)
      try {
        for (const one of story) await life.live(one)
        life.host.faults.length = 0
        for (const is of ['other leaves', 'start', 'token renewed', 'retry', 'settle'] as const) await life.live({ is })
        expect(await life.close(120_000)).toEqual({ isSaved: true })
        expect(await life.host.content()).toBe(life.hasSaved() ? life.last() : 'first')
        expect(await life.host.lock()).toBe('')
      } finally {
        await life.host.stop()
      }
    }),
    { numRuns: 100 },
  )
})

test('what someone else has written meanwhile is never overwritten', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      profile,
      fc.array(happening, { maxLength: 15 }),
      fc.array(happening, { maxLength: 15 }),
      async (profile, before, after) => {
        const life = await aLife(profile)
        try {
          for (const one of before) await life.live(one)
          await life.live({ is: 'settle' })
          await life.live({ is: 'other edits' })
          for (const one of after) await life.live(one)
          await life.close(5000)
          expect(await life.host.content()).toBe(life.lastOfOther())
        } finally {
          await life.host.stop()
        }
      },
    ),
    { numRuns: 100 },
  )
})
