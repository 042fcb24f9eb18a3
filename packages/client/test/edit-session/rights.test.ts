import { expect, test } from 'vitest'
import { utf8 } from '../a-host.ts'
import { aSession, until } from '../a-session.ts'

const minutes = 60_000

test('what the user may do is asked every five minutes; a right that is taken away ends the saving, and comes back', async () => {
  const { session, host, clock } = await aSession()
  host.tokens.set('alice', new Set(['read']))
  clock.advance(5 * minutes)
  await until(session, 'lost')
  expect(session.state).toEqual({ is: 'lost', why: 'not-permitted' })
  expect(await session.save(utf8('kept'))).toMatchObject({ isStored: false })
  expect(await host.content()).toBe('first')
  host.tokens.set('alice', new Set(['read', 'write']))
  clock.advance(5 * minutes)
  await until(session, 'open')
  expect(await host.content()).toBe('kept')
})

test('a token that has ended stops the calls until another one is given, and then the save goes out', async () => {
  const { session, host, clock } = await aSession()
  host.tokens.set('fresh', host.tokens.get('alice') ?? new Set())
  host.tokens.delete('alice')
  expect(await session.save(utf8('second'))).toEqual({ isStored: false, state: { is: 'token-expired' } })
  const calls = host.events.length
  clock.advance(25 * minutes)
  expect(await session.save(utf8('third'))).toMatchObject({ isStored: false })
  expect(host.events.length).toBe(calls)
  session.use('fresh')
  await until(session, 'open')
  expect(await host.content()).toBe('third')
  await expect.poll(() => host.done()).toContain('refreshLock')
})

test('a token that has ended is noticed by the refresh, and is not tried over and over', async () => {
  const { session, host, clock } = await aSession({ recheckEvery: 60 * minutes })
  host.tokens.delete('alice')
  clock.advance(10 * minutes)
  await until(session, 'token-expired')
  const calls = host.events.length
  for (let i = 0; i < 20; i++) clock.advance(minutes)
  expect(host.events.length).toBe(calls)
})

test('each user may save with a token of their own, under the one lock', async () => {
  const { session, host } = await aSession()
  host.tokens.set('bob', host.tokens.get('alice') ?? new Set())
  session.use('bob')
  await session.save(utf8('second'))
  expect(host.events.find(({ operation }) => operation === 'putFile')?.user?.id).toBe('bob')
  expect(await session.close()).toEqual({ isSaved: true })
})
