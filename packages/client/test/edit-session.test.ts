import { profiles } from '@openwopi/host'
import { expect, test } from 'vitest'
import { openEditSession } from '../src/index.ts'
import { textOf, utf8 } from './a-host.ts'
import { another, aSession, until } from './a-session.ts'

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

test('the lock is refreshed every ten minutes, and so outlives its half hour', async () => {
  const { session, host, clock } = await aSession()
  for (let i = 1; i <= 5; i++) {
    clock.advance(10 * minutes)
    await expect.poll(() => host.done().filter((operation) => operation === 'refreshLock').length).toBe(i)
  }
  expect(await host.lock()).toBe('mine')
  expect(session.state.is).toBe('open')
})

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

test('a host that is restarted in mid-edit gets the save once it is back', async () => {
  const { session, host, clock, states } = await aSession()
  await host.stop()
  const saved = session.save(utf8('second'))
  await until(session, 'offline')
  expect(session.state).toMatchObject({ nextTryAt: clock.now() + 1000, cause: { name: 'WopiUnreachable' } })
  clock.advance(1000)
  await expect.poll(() => session.state).toMatchObject({ is: 'offline', nextTryAt: clock.now() + 2000 })
  await host.start()
  clock.advance(2000)
  expect(await saved).toMatchObject({ isStored: true })
  expect(await host.content()).toBe('second')
  expect(states.at(-1)).toEqual({ is: 'open' })
})

test('of several contents given while the host was away, the last one is saved', async () => {
  const { session, host, clock } = await aSession()
  await host.stop()
  const saves = [session.save(utf8('2'), { editors: ['a'] })]
  await until(session, 'offline')
  saves.push(session.save(utf8('3'), { editors: ['b'] }), session.save(utf8('4')))
  await host.start()
  clock.advance(1000)
  expect((await Promise.all(saves)).every(({ isStored }) => isStored)).toBe(true)
  expect(await host.content()).toBe('4')
  expect(host.events.find(({ operation }) => operation === 'putFile')?.save?.editors).toEqual(['a', 'b'])
})

test('a save whose answer was lost is recognised as done, and not done twice', async () => {
  const { session, host, clock } = await aSession({ host: { profile: profiles.collabora } })
  host.faults.push({ on: 'PUT', how: 'unheard' })
  const saved = session.save(utf8('second'))
  await until(session, 'offline')
  expect(await host.content()).toBe('second')
  clock.advance(1000)
  expect(await saved).toMatchObject({ isStored: true })
  expect(host.done().filter((operation) => operation === 'putFile').length).toBe(1)
  expect(await session.save(utf8('third'))).toMatchObject({ isStored: true })
})

test('a save that was given up and arrives late all the same is recognised', async () => {
  const { host, clock } = await aSession({ isViewOnly: true, host: { profile: profiles.collabora } })
  const puts: (() => Promise<Response>)[] = []
  const late = async (url: string, init: RequestInit) => {
    if (new Headers(init.headers).get('X-WOPI-Override') === 'PUT') {
      puts.push(() => fetch(url, init))
      if (puts.length === 1) throw new TypeError('the network is gone')
      if (puts.length === 2) await puts[0]?.()
    }
    return fetch(url, init)
  }
  const { session } = await another(host, clock, { client: { ...host.client(), fetch: late } })
  const saved = session.save(utf8('second'))
  await until(session, 'offline')
  clock.advance(1000)
  expect(await saved).toMatchObject({ isStored: true })
  expect(session.state).toEqual({ is: 'open' })
  expect(host.done().filter((operation) => operation === 'putFile').length).toBe(1)
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

test('a save that failed half way is not mistaken for the change of another', async () => {
  const { session, host, clock } = await aSession({ host: { profile: profiles.collabora } })
  host.faults.push({ on: 'PUT', how: 500 })
  const saved = session.save(utf8('second'))
  await until(session, 'offline')
  await host.change('sec')
  clock.advance(1000)
  expect(await saved).toMatchObject({ isStored: true })
  expect(await host.content()).toBe('second')
})

test.each([500, 502, 503, 429, 302])('status %i on a save is tried again', async (status) => {
  const { session, host, clock } = await aSession()
  host.faults.push({ on: 'PUT', how: status })
  const saved = session.save(utf8('second'))
  await until(session, 'offline')
  clock.advance(1000)
  expect(await saved).toMatchObject({ isStored: true })
  expect(await host.content()).toBe('second')
})

test('retry does not wait for the next try', async () => {
  const { session, host } = await aSession()
  host.faults.push({ on: 'PUT', how: 500 })
  const saved = session.save(utf8('second'))
  await until(session, 'offline')
  session.retry()
  expect(await saved).toMatchObject({ isStored: true })
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

test('a host that never stops saying that nobody holds the lock is not asked in a circle', async () => {
  const { session, host } = await aSession()
  for (let i = 0; i < 20; i++) host.faults.push({ on: 'PUT', how: 409 })
  void session.save(utf8('x'))
  await until(session, 'offline')
  expect(host.faults.length).toBe(18)
})

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
