import { expect, test } from 'vitest'
import { utf8 } from '../a-host.ts'
import { another, aSession } from '../a-session.ts'

const takesOver = (lock: string) => lock === 'earlier'

test('a lock that an earlier session has left is replaced, and the earlier session can save no more', async () => {
  const { session: earlier, host, clock } = await aSession({ lockId: 'earlier' })
  const { session } = await another(host, clock, { lockId: 'later', takesOver })
  expect(session.state.is).toBe('open')
  expect(await host.lock()).toBe('later')
  expect(await earlier.save(utf8('too late'))).toMatchObject({ isStored: false, state: { is: 'lost', lock: 'later' } })
  expect(await session.save(utf8('in time'))).toMatchObject({ isStored: true })
  expect(await host.content()).toBe('in time')
})

test('a lock of anybody else is left alone', async () => {
  const { host, clock } = await aSession({ lockId: 'theirs' })
  const { session } = await another(host, clock, { lockId: 'later', takesOver })
  expect(session.state).toMatchObject({ is: 'read-only', why: 'locked', lock: 'theirs' })
  expect(await host.lock()).toBe('theirs')
})

test('a session whose place another one has taken ends without touching the lock', async () => {
  const { session, host } = await aSession()
  await session.close({ within: 0, keepLock: true })
  expect(await host.lock()).toBe('mine')
})
