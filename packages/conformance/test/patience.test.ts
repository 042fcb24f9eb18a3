import { expect, test } from 'vitest'
import { patiently } from '../src/patience.ts'

/** Timers that run when they are told to. */
function ownTimers() {
  const set = new Map<() => void, number>()
  return {
    set,
    pass() {
      for (const run of [...set.keys()]) run()
    },
    timers: {
      now: () => 0,
      setTimer(run: () => void, after: number) {
        set.set(run, after)
        return () => void set.delete(run)
      },
    },
  }
}

/** Work that nothing but its signal ends. */
const endless = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

test('Work ends when its time is up', async () => {
  const { timers, set, pass } = ownTimers()
  const working = patiently({ milliseconds: 30, end: undefined, timers }, endless)
  expect([...set.values()]).toEqual([30])
  pass()
  await expect(working).rejects.toThrow('aborted due to timeout')
})

test('Work ends when it is told to, and says why', async () => {
  const end = new AbortController()
  const working = patiently({ milliseconds: 30, end: end.signal, timers: ownTimers().timers }, endless)
  end.abort(new Error('the run has ended'))
  await expect(working).rejects.toThrow('the run has ended')
})

test('Nothing is left of work that is done', async () => {
  const { timers, set } = ownTimers()
  const end = new AbortController()
  const signal = await patiently({ milliseconds: 30, end: end.signal, timers }, async (own) => own)
  expect(set.size).toBe(0)
  end.abort()
  expect(signal.aborted).toBe(false)
})

test('Work that should have ended does not begin', async () => {
  const { timers, set } = ownTimers()
  const end = AbortSignal.abort(new Error('the run has ended'))
  let hasBegun = false
  const work = async () => {
    hasBegun = true
  }
  await expect(patiently({ milliseconds: 30, end, timers }, work)).rejects.toThrow('the run has ended')
  expect([hasBegun, set.size]).toEqual([false, 0])
})
