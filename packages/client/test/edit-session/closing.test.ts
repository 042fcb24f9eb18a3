import { expect, test } from 'vitest'
import { utf8 } from '../a-host.ts'
import { another, aSession, until } from '../a-session.ts'

const minutes = 60_000

test('closing saves what is left as an exit save before it unlocks', async () => {
  const { session, host, clock } = await aSession()
  await host.stop()
  void session.save(utf8('last words'), { isAutosave: true })
  await until(session, 'offline')
  await host.start()
  expect(await session.close()).toEqual({ isSaved: true })
  expect(host.done().slice(-2)).toEqual(['putFile', 'unlock'])
  expect(host.events.find(({ operation }) => operation === 'putFile')?.save).toMatchObject({ isExitSave: true })
  expect(await host.content()).toBe('last words')
  expect(clock.pending).toBe(0)
})

test('what the user gives up is not saved, and the lock is given back', async () => {
  const { session, host } = await aSession()
  host.faults.push({ on: 'PUT', how: 500 })
  const saved = session.save(utf8('not wanted'))
  await until(session, 'offline')
  session.discard()
  expect(await saved).toMatchObject({ isStored: false })
  expect(session.hasUnsaved).toBe(false)
  expect(await session.close()).toEqual({ isSaved: true })
  expect(await host.content()).toBe('first')
  expect(await host.lock()).toBe('')
})

test('closing waits for the save that is under way', async () => {
  const { session, host } = await aSession()
  const saved = session.save(utf8('second'))
  expect(await session.close()).toEqual({ isSaved: true })
  expect(await saved).toMatchObject({ isStored: true })
  expect(host.done().slice(-2)).toEqual(['putFile', 'unlock'])
})

test('closing gives the bytes back when they cannot be saved in time, and leaves the lock to protect the file', async () => {
  const { session, host, clock } = await aSession()
  await host.stop()
  const saved = session.save(utf8('last words'))
  await until(session, 'offline')
  const closed = session.close({ within: 5000 })
  await expect.poll(() => clock.pending).toBeGreaterThan(1)
  clock.advance(5000)
  expect(await closed).toMatchObject({
    isSaved: false,
    unsaved: { content: utf8('last words') },
    state: { is: 'offline' },
  })
  expect(await saved).toEqual({ isStored: false, state: { is: 'closed', hasUnsaved: true } })
  expect(clock.pending).toBe(0)
  await host.start()
  expect(await host.lock()).toBe('mine')
})

test('a session opened again with the same lock id finds its lock, and can save what was left', async () => {
  const { session, host, clock } = await aSession()
  await host.stop()
  void session.save(utf8('last words'))
  const closed = session.close({ within: 0 })
  clock.advance(0)
  const end = await closed
  await host.start()
  const { session: next } = await another(host, clock)
  if (end.isSaved) throw new Error('it was saved')
  expect(next.version).toBe(session.version)
  expect(await next.save(end.unsaved.content)).toMatchObject({ isStored: true })
})

test('closing says when the lock could not be given back', async () => {
  const { session, host } = await aSession()
  host.faults.push({ on: 'UNLOCK', how: 401 })
  expect(await session.close()).toMatchObject({ isSaved: true, lockLeft: { code: 'InvalidToken' } })
})

test('an unlock that fails in passing is tried again', async () => {
  const { session, host, clock } = await aSession()
  host.faults.push({ on: 'UNLOCK', how: 'lost' })
  const closed = session.close()
  await expect.poll(() => host.faults.length).toBe(0)
  await expect.poll(() => clock.pending).toBe(2)
  clock.advance(1000)
  expect(await closed).toEqual({ isSaved: true })
  expect(await host.lock()).toBe('')
})

test('a closed session keeps quiet, and says so to whoever still saves', async () => {
  const { session, host, clock } = await aSession()
  await session.close()
  const calls = host.events.length
  expect(await session.save(utf8('late'))).toEqual({ isStored: false, state: { is: 'closed', hasUnsaved: true } })
  expect(session.unsaved?.content).toEqual(utf8('late'))
  clock.advance(60 * minutes)
  session.retry()
  session.use('other')
  expect(await session.close()).toEqual({ isSaved: true })
  expect(host.events.length).toBe(calls)
})
