import { expect, test } from 'vitest'
import { textOf, utf8 } from '../a-host.ts'
import { another, aSession } from '../a-session.ts'

const minutes = 60_000

test('a document is looked at, locked, read, saved and unlocked, in this order', async () => {
  const { session, host, states } = await aSession()
  expect(session.info.BaseFileName).toBe('doc.txt')
  expect(await textOf(await session.read())).toBe('first')
  expect(await session.save(utf8('second'), { editors: ['alice'] })).toMatchObject({ isStored: true })
  expect(await host.content()).toBe('second')
  expect(await session.close()).toEqual({ isSaved: true })
  expect(host.done()).toEqual(['checkFileInfo', 'lock', 'getFile', 'putFile', 'unlock'])
  expect(states.map(({ is }) => is)).toEqual(['open', 'saving', 'open', 'closed'])
  expect(await host.lock()).toBe('')
})

test('a document opened for viewing is never locked and never written', async () => {
  const { session, host, clock } = await aSession({ isViewOnly: true })
  expect(session.state).toEqual({ is: 'read-only', why: 'asked' })
  expect(await textOf(await session.read())).toBe('first')
  expect(await session.save(utf8('x'))).toMatchObject({ isStored: false })
  await expect(session.saveCopy()).rejects.toThrow('viewing')
  clock.advance(60 * minutes)
  session.retry({ overwrite: true })
  expect(await session.close()).toMatchObject({ isSaved: false, unsaved: { content: utf8('x') } })
  expect(new Set(host.done())).toEqual(new Set(['checkFileInfo', 'getFile']))
  expect(await host.content()).toBe('first')
})

test('a document that its user may not write opens read-only', async () => {
  const { host, clock } = await aSession({ isViewOnly: true })
  host.tokens.set('bob', new Set(['read']))
  const { session } = await another(host, clock, { accessToken: 'bob' })
  expect(session.state).toEqual({ is: 'read-only', why: 'not-permitted' })
  expect(host.done()).not.toContain('lock')
})

test('a document that someone else has locked opens read-only and says who', async () => {
  const { host, clock } = await aSession({ isViewOnly: true })
  await host.stealLock('theirs')
  const { session } = await another(host, clock)
  expect(session.state).toEqual({ is: 'read-only', why: 'locked', lock: 'theirs', reason: 'Mallory has the file open' })
  expect(await textOf(await session.read())).toBe('first')
  expect(await session.close()).toEqual({ isSaved: true })
  expect(await host.lock()).toBe('theirs')
})

test('an opening that fails leaves nothing locked', async () => {
  const { host, clock } = await aSession({ isViewOnly: true })
  await expect(another(host, clock, { accessToken: 'nobody' })).rejects.toMatchObject({ code: 'InvalidToken' })
  await host.stop()
  await expect(another(host, clock)).rejects.toMatchObject({ name: 'WopiUnreachable' })
  await host.start()
  expect(await host.lock()).toBe('')
})

test('a change between the first look and the lock is noticed', async () => {
  const { host, clock } = await aSession({ isViewOnly: true })
  let isFirst = true
  const racing = async (url: string, init: RequestInit) => {
    const response = await fetch(url, init)
    if (isFirst) await host.change('changed in between')
    isFirst = false
    return response
  }
  const { session } = await another(host, clock, { client: { ...host.client(), fetch: racing } })
  expect(session.info.Size).toBe('changed in between'.length)
})

test('content that ends early without a word is a failure', async () => {
  const { host, clock } = await aSession({ isViewOnly: true })
  const cutting = async (url: string, init: RequestInit) => {
    const response = await fetch(url, init)
    if (!url.includes('/contents')) return response
    const headers = new Headers(response.headers)
    headers.delete('Content-Length')
    return new Response('fir', { headers })
  }
  const { session } = await another(host, clock, { client: { ...host.client(), fetch: cutting } })
  await expect(session.read().then(textOf)).rejects.toThrow('ended after 3 of 5 bytes')
})
