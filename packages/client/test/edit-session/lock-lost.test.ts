import { profiles } from '@openwopi/host'
import { expect, test } from 'vitest'
import { utf8 } from '../a-host.ts'
import { another, aSession, until } from '../a-session.ts'

const minutes = 60_000

test('the lock is refreshed every ten minutes, and so outlives its half hour', async () => {
  const { session, host, clock } = await aSession()
  for (let i = 1; i <= 5; i++) {
    clock.advance(10 * minutes)
    await expect.poll(() => host.done().filter((operation) => operation === 'refreshLock').length).toBe(i)
    // Both clocks of the session run again: the answers are in.
    await expect.poll(() => clock.pending).toBe(2)
  }
  expect(await host.lock()).toBe('mine')
  expect(session.state.is).toBe('open')
})

test('a lock that has expired is taken again when nobody has written since', async () => {
  const { session, host, states } = await aSession()
  await host.dropLock()
  expect(await session.save(utf8('second'))).toMatchObject({ isStored: true })
  expect(await host.content()).toBe('second')
  expect(await host.lock()).toBe('mine')
  expect(states.map(({ is }) => is)).toEqual(['open', 'saving', 'open'])
})

test('a lock that is found missing when it is to be refreshed is taken again', async () => {
  const { session, host, clock } = await aSession()
  await host.dropLock()
  clock.advance(10 * minutes)
  await expect.poll(host.lock).toBe('mine')
  await until(session, 'open')
})

test('a lock that someone else has taken ends the session, which says so and keeps the bytes', async () => {
  const { session, host } = await aSession()
  await host.stealLock('theirs')
  const result = await session.save(utf8('my words'))
  const state = { is: 'lost', why: 'locked', lock: 'theirs', reason: 'Mallory has the file open' }
  expect(result).toEqual({ isStored: false, state })
  expect(session.unsaved?.content).toEqual(utf8('my words'))
  expect(await host.content()).toBe('first')
  const end = await session.close()
  expect(end).toMatchObject({ isSaved: false, unsaved: { content: utf8('my words') }, state })
  expect(await host.lock()).toBe('theirs')
})

test('once the other has gone without writing, the next save takes the lock and goes through', async () => {
  const { session, host } = await aSession()
  await host.stealLock('theirs')
  expect(await session.save(utf8('a'))).toMatchObject({ isStored: false })
  await host.dropLock()
  expect(await session.save(utf8('ab'))).toMatchObject({ isStored: true })
  expect(session.state.is).toBe('open')
  expect(await host.content()).toBe('ab')
})

test('once the other has gone after writing, nothing is overwritten unless the user wants it', async () => {
  const { session, host } = await aSession()
  await host.dropLock()
  await host.change('theirs')
  const lost = { isStored: false, state: { is: 'lost', why: 'changed' } }
  expect(await session.save(utf8('mine'))).toEqual(lost)
  expect(await session.save(utf8('mine!'))).toEqual(lost)
  expect(await host.content()).toBe('theirs')
  session.retry({ overwrite: true })
  await until(session, 'open')
  expect(await host.content()).toBe('mine!')
})

test('a host that says the document has changed is believed, and a false alarm is seen through', async () => {
  const { session, host } = await aSession({ host: { profile: profiles.collabora } })
  host.faults.push({ on: 'PUT', how: 409 })
  expect(await session.save(utf8('second'))).toMatchObject({ isStored: true })
  await host.change('theirs')
  expect(await session.save(utf8('third'))).toEqual({ isStored: false, state: { is: 'lost', why: 'changed' } })
  expect(await host.content()).toBe('theirs')
})

test('a host that never stops saying that nobody holds the lock is not asked in a circle', async () => {
  const { session, host } = await aSession()
  for (let i = 0; i < 20; i++) host.faults.push({ on: 'PUT', how: 409 })
  void session.save(utf8('x'))
  await until(session, 'offline')
  expect(host.faults.length).toBe(18)
})

test('an answer from before another has written does not settle what has become doubtful since', async () => {
  const { host, clock } = await aSession({ isViewOnly: true })
  let isOpen = false
  let release = () => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  let held = 0
  const gated = async (url: string, init: RequestInit) => {
    const response = await fetch(url, init)
    if (!isOpen || init.method !== 'GET') return response
    held++
    await gate
    return response
  }
  const options = { client: { ...host.client(), fetch: gated }, recheckEvery: 3_600_000 }
  const { session } = await another(host, clock, options)
  isOpen = true
  await host.dropLock()
  const saved = session.save(utf8('mine'))
  // The lock has been taken again, and the host has said that the file is as it was; but that is not heard yet.
  await expect.poll(() => held).toBe(1)
  await host.stealLock('theirs')
  await host.change('theirs')
  await host.dropLock()
  clock.advance(10 * minutes)
  await expect.poll(() => host.events.at(-1)).toMatchObject({ operation: 'refreshLock', status: 409 })
  release()
  expect(await saved).toEqual({ isStored: false, state: { is: 'lost', why: 'changed' } })
  expect(await host.content()).toBe('theirs')
})

test('on a host that knows no RefreshLock, Lock refreshes, and a change in between is seen', async () => {
  const { session, host, clock } = await aSession()
  host.faults.push({ on: 'REFRESH_LOCK', how: 501 })
  clock.advance(10 * minutes)
  await expect.poll(() => host.done().filter((operation) => operation === 'lock').length).toBe(2)
  expect(session.state.is).toBe('open')
  await expect.poll(() => clock.pending).toBe(2)
  await host.dropLock()
  await host.change('theirs')
  host.faults.push({ on: 'REFRESH_LOCK', how: 501 })
  clock.advance(10 * minutes)
  await until(session, 'lost')
  expect(await session.save(utf8('mine'))).toEqual({ isStored: false, state: { is: 'lost', why: 'changed' } })
  expect(await host.content()).toBe('theirs')
})
