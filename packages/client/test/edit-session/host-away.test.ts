import { profiles } from '@openwopi/host'
import { expect, test } from 'vitest'
import { utf8 } from '../a-host.ts'
import { another, aSession, until } from '../a-session.ts'

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
