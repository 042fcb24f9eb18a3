import { expect, test } from 'vitest'
import { openEditSession } from '../../src/index.ts'
import { textOf, utf8 } from '../a-host.ts'
import { another, aSession } from '../a-session.ts'

test('a save tells the host by whom and why it was made', async () => {
  const { session, host } = await aSession()
  await session.save(utf8('a'), { editors: ['u1', 'u2'], isAutosave: true })
  const saved = host.events.find(({ operation }) => operation === 'putFile')
  expect(saved?.save).toMatchObject({
    editors: ['u1', 'u2'],
    isAutosave: true,
    isExitSave: false,
    isModifiedByUser: true,
  })
})

test('content that flows is asked for once per try', async () => {
  const { session, host } = await aSession()
  let tries = 0
  const content = () => {
    tries++
    return (async function* () {
      yield utf8('sec')
      yield utf8('ond')
    })()
  }
  await session.save(content, { size: 6 })
  expect(await host.content()).toBe('second')
  expect(tries).toBe(1)
})

test('saves go out one at a time, only the latest of those that wait, with the editors of all', async () => {
  const { session, host } = await aSession()
  const results = await Promise.all([
    session.save(utf8('1'), { editors: ['a'], isAutosave: true }),
    session.save(utf8('2'), { editors: ['b'], isAutosave: true }),
    session.save(utf8('3'), { editors: ['c'] }),
    session.save(utf8('4'), { editors: ['b'], isAutosave: true }),
  ])
  expect(results.map(({ isStored }) => isStored)).toEqual([true, true, true, true])
  const saves = host.events.filter(({ operation }) => operation === 'putFile')
  expect(saves.map(({ save }) => [save?.editors, save?.isAutosave])).toEqual([
    [['a'], true],
    [['b', 'c'], false],
  ])
  expect(await host.content()).toBe('4')
  expect(session.hasUnsaved).toBe(false)
})

test('what is unsaved can be saved as a copy, and is safe then', async () => {
  const { session, host } = await aSession()
  await host.stealLock('theirs')
  await session.save(utf8('my words'))
  const { Name } = await session.saveCopy()
  expect(Name).toBe('doc (2).txt')
  const [, copy] = await host.names()
  expect(copy && (await textOf((await host.storage.read(copy)) ?? (await session.read())))).toBe('my words')
  expect(session.hasUnsaved).toBe(false)
  expect(await session.close()).toEqual({ isSaved: true })
})

test('a copy can be given a name and content of its own', async () => {
  const { session, host } = await aSession()
  expect((await session.saveCopy({ name: 'mine.txt', content: utf8('x') })).Name).toBe('mine.txt')
  expect((await host.names())[2]?.size).toBe(1)
  await expect(session.saveCopy()).rejects.toThrow('nothing to save')
})

test('a file that is gone ends the session, and the bytes stay', async () => {
  const { session, host } = await aSession()
  await host.remove()
  expect(await session.save(utf8('x'))).toEqual({ isStored: false, state: { is: 'lost', why: 'gone' } })
  expect(session.unsaved?.content).toEqual(utf8('x'))
})

test('a document that has grown too large can be saved once it is smaller', async () => {
  const { session, host } = await aSession()
  host.faults.push({ on: 'PUT', how: 413 })
  expect(await session.save(utf8('xxx'))).toEqual({ isStored: false, state: { is: 'lost', why: 'too-large' } })
  expect(await session.save(utf8('x'))).toMatchObject({ isStored: true })
  expect(session.state.is).toBe('open')
})

test('a host without locks and without versions is saved to all the same', async () => {
  const { host, clock } = await aSession({ isViewOnly: true })
  // In front of the host stands something that knows nothing of locks and versions.
  const plain = async (url: string, init: RequestInit) => {
    const response = await fetch(url, init)
    const headers = new Headers(response.headers)
    headers.delete('X-WOPI-ItemVersion')
    if (!headers.get('Content-Type')?.includes('json'))
      return new Response(response.body, { status: response.status, headers })
    headers.delete('Content-Length')
    return Response.json({ ...(await response.json()), SupportsLocks: false }, { status: response.status, headers })
  }
  const { session } = await another(host, clock, { client: { ...host.client(), fetch: plain } })
  host.faults.push({ on: 'LOCK', how: 500 })
  await host.stealLock('x')
  await host.dropLock()
  await host.change('')
  expect(await session.save(utf8('second'))).toMatchObject({ isStored: true, version: session.version })
  expect(host.faults.length).toBe(1)
})

test('a listener that throws does not harm the session', async () => {
  const { host, clock } = await aSession({ isViewOnly: true })
  const thrown: unknown[] = []
  const listeners = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  process.on('uncaughtException', (error) => thrown.push(error))
  try {
    const session = await openEditSession({
      client: host.client(),
      lockId: 'mine',
      timers: clock,
      onState() {
        throw new Error('a mistake in the listener')
      },
    })
    expect(await session.save(utf8('second'))).toMatchObject({ isStored: true })
    await expect.poll(() => thrown.length).toBeGreaterThan(0)
  } finally {
    process.removeAllListeners('uncaughtException')
    for (const listener of listeners) process.on('uncaughtException', listener)
  }
})
