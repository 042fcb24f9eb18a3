import assert from 'node:assert/strict'
import type { StoredFile } from '../../src/index.ts'
import type { On } from './index.ts'
import { getLockOf, lockIt, putIt, unlockIt, userOf, type World } from './world.ts'

const refreshIt = (world: World, file: StoredFile, lock: string) =>
  world.send(file, { override: 'REFRESH_LOCK', headers: { 'X-WOPI-Lock': lock } })
const relockIt = (world: World, file: StoredFile, lock: string, old: string) =>
  world.send(file, { override: 'LOCK', headers: { 'X-WOPI-Lock': lock, 'X-WOPI-OldLock': old } })

const outcome = async (answer: Promise<Response>) => {
  const { status, headers } = await answer
  return [status, headers.get('X-WOPI-Lock')]
}
const minutes = 60_000

export function locksSuite(on: On): void {
  on('a file that is not locked: Lock takes it, the others answer 409 with an empty lock', async (world) => {
    const file = await world.make('a.txt', 'x')
    assert.deepEqual(await outcome(refreshIt(world, file, 'A')), [409, ''])
    assert.deepEqual(await outcome(unlockIt(world, file, 'A')), [409, ''])
    assert.deepEqual(await outcome(relockIt(world, file, 'B', 'A')), [409, ''])
    assert.equal(await getLockOf(world, file), '')
    assert.deepEqual(await outcome(lockIt(world, file, 'A')), [200, null])
    assert.equal(await getLockOf(world, file), 'A')
  })

  on('a file that is locked with the same id: every operation is fine', async (world) => {
    const file = await world.make('a.txt', 'x')
    await lockIt(world, file, 'A')
    assert.deepEqual(await outcome(lockIt(world, file, 'A')), [200, null])
    assert.deepEqual(await outcome(refreshIt(world, file, 'A')), [200, null])
    assert.deepEqual(await outcome(relockIt(world, file, 'B', 'A')), [200, null])
    assert.equal(await getLockOf(world, file), 'B')
    assert.deepEqual(await outcome(unlockIt(world, file, 'B')), [200, null])
    assert.equal(await getLockOf(world, file), '')
  })

  on(
    'a file that is locked with another id: every operation answers 409 with the id that is held, and says by whom',
    async (world) => {
      const file = await world.make('a.txt', 'x')
      await lockIt(world, file, 'A', world.token(file, { user: 'Bob' }))
      assert.deepEqual(await outcome(lockIt(world, file, 'B')), [409, 'A'])
      assert.deepEqual(await outcome(refreshIt(world, file, 'B')), [409, 'A'])
      assert.deepEqual(await outcome(unlockIt(world, file, 'B')), [409, 'A'])
      assert.deepEqual(await outcome(relockIt(world, file, 'C', 'B')), [409, 'A'])
      assert.match((await lockIt(world, file, 'B')).headers.get('X-WOPI-LockFailureReason') ?? '', /Bob/)
      assert.equal(await getLockOf(world, file), 'A')
    },
  )

  on('Lock, RefreshLock and Unlock answer the version that the file had when the lock moved', async (world) => {
    const file = await world.make('a.txt', 'before')
    await lockIt(world, file, 'A')
    const { swap } = world.locks
    for (const [count, move] of [lockIt, refreshIt, unlockIt].entries()) {
      let isFirst = true
      // A save comes in between, which a storage that keeps locks and files together notices.
      Object.assign(world.locks, {
        swap: async (...given: Parameters<typeof swap>) => {
          if (!isFirst) return swap(...given)
          isFirst = false
          assert.equal((await putIt(world, file, `save ${count}`, { lock: 'A' })).status, 200)
          return given[3] === undefined && swap(...given)
        },
      })
      const answer = await move(world, file, 'A')
      assert.deepEqual(
        [answer.status, answer.headers.get('X-WOPI-ItemVersion')],
        [200, (await world.found(file)).version],
      )
    }
  })

  on('a lock belongs to its id, not to a user', async (world) => {
    const file = await world.make('a.txt', 'x')
    await lockIt(world, file, 'A', world.token(file, { user: 'Ann' }))
    assert.equal((await unlockIt(world, file, 'A', world.token(file, { user: 'Bob' }))).status, 200)
  })

  on('a lock ends half an hour after it was last taken or refreshed', async (world) => {
    const file = await world.make('a.txt', 'x')
    await lockIt(world, file, 'A')
    world.clock.now += 29 * minutes
    assert.equal((await refreshIt(world, file, 'A')).status, 200)
    world.clock.now += 29 * minutes
    assert.equal((await lockIt(world, file, 'A')).status, 200)
    world.clock.now += 30 * minutes
    const send = (override: string, lock: string) =>
      world.send(file, { override, headers: { 'X-WOPI-Lock': lock }, token: world.token(file) })
    assert.deepEqual(await outcome(send('REFRESH_LOCK', 'A')), [409, ''])
    assert.deepEqual(await outcome(send('UNLOCK', 'A')), [409, ''])
    assert.equal((await send('LOCK', 'B')).status, 200)
  })

  on('a lock ends when its client said it would, and half an hour after a refresh that says nothing', async (world) => {
    const file = await world.make('a.txt', 'x')
    const send = (override: string, headers: Record<string, string>) =>
      world.send(file, { override, headers: { 'X-WOPI-Lock': 'A', ...headers }, token: world.token(file) })
    const forSeconds = (seconds: string) => ({ 'X-WOPI-LockExpirationTimeout': seconds })
    assert.equal((await send('LOCK', forSeconds('60'))).status, 200)
    world.clock.now += 59_000
    assert.equal((await send('REFRESH_LOCK', forSeconds('3600'))).status, 200)
    world.clock.now += 59 * minutes
    assert.equal((await send('LOCK', { 'X-WOPI-OldLock': 'A', ...forSeconds('60') })).status, 200)
    world.clock.now += 59_000
    assert.equal((await send('REFRESH_LOCK', {})).status, 200)
    world.clock.now += 29 * minutes
    assert.equal(await getLockOf(world, file), 'A')
    world.clock.now += 1 * minutes
    assert.equal(await getLockOf(world, file), '')
    for (const seconds of ['59', '3601', '-1', 'soon', '1e3'])
      for (const override of ['LOCK', 'REFRESH_LOCK'])
        assert.equal((await send(override, forSeconds(seconds))).status, 400)
    assert.equal(await getLockOf(world, file), '')
  })

  on('whose lock it is, others are told as far as its client lets them know', async (world) => {
    const file = await world.make('a.txt', 'x')
    const send = (override: string, lock: string, headers: Record<string, string> = {}) =>
      world.send(file, { override, headers: { 'X-WOPI-Lock': lock, ...headers } })
    const told = async () => {
      const { status, headers } = await send('LOCK', 'B')
      const name = /Ann/.test(headers.get('X-WOPI-LockFailureReason') ?? '')
      return [status, headers.get('X-WOPI-ConflictingLockUsername'), name]
    }
    await send('LOCK', 'A')
    assert.deepEqual(await told(), [409, null, true])
    await send('LOCK', 'A', { 'X-WOPI-LockUserVisible': 'true' })
    assert.deepEqual(await told(), [409, 'Ann', true])
    await send('REFRESH_LOCK', 'A')
    assert.deepEqual(await told(), [409, 'Ann', true])
    await send('REFRESH_LOCK', 'A', { 'X-WOPI-LockUserVisible': 'False' })
    assert.deepEqual(await told(), [409, null, false])
    assert.equal((await send('LOCK', 'A', { 'X-WOPI-LockUserVisible': 'maybe' })).status, 400)
    await send('UNLOCK', 'A')
    await send('LOCK', 'A')
    assert.deepEqual(await told(), [409, null, true])
  })

  on('a lock id that is missing, empty, too long or not printable ASCII answers 400', async (world) => {
    const file = await world.make('a.txt', 'x')
    for (const override of ['LOCK', 'REFRESH_LOCK', 'UNLOCK']) {
      assert.equal((await world.send(file, { override })).status, 400, `${override} without`)
      for (const lock of ['', 'x'.repeat(1025), 'caf\u00e9', 'a\tb']) {
        assert.equal(
          (await world.send(file, { override, headers: { 'X-WOPI-Lock': lock } })).status,
          400,
          `${override} ${lock.slice(0, 5)}`,
        )
      }
    }
    assert.equal((await world.send(file, { override: 'LOCK', headers: { 'X-WOPI-OldLock': 'A' } })).status, 400)
    assert.equal(await getLockOf(world, file), '')
  })

  on('an empty X-WOPI-OldLock is a plain Lock', async (world) => {
    const file = await world.make('a.txt', 'x')
    assert.equal((await relockIt(world, file, 'A', '')).status, 200)
  })

  on('a lock id of 1,024 characters of JSON comes back byte for byte', async (world) => {
    const file = await world.make('a.txt', 'x')
    const id = `{"S":"${'5'.repeat(1000)}","E":2,"M":"~"}`.padEnd(1024, '}')
    assert.equal((await lockIt(world, file, id)).status, 200)
    assert.equal(await getLockOf(world, file), id)
  })

  on('Lock and Unlock tell the version', async (world) => {
    const file = await world.make('a.txt', 'x')
    assert.equal((await lockIt(world, file, 'A')).headers.get('X-WOPI-ItemVersion'), file.version)
    assert.equal((await unlockIt(world, file, 'A')).headers.get('X-WOPI-ItemVersion'), file.version)
  })

  on('of many who lock at once one gets it, and the others learn whose it is', async (world) => {
    const file = await world.make('a.txt', 'x')
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => lockIt(world, file, `L${i}`)))
    const held = await getLockOf(world, file)
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    for (const { status, headers } of answers) if (status === 409) assert.equal(headers.get('X-WOPI-Lock'), held)
  })

  on('a file that a desktop program has open cannot be locked, and the reason names its user', async (world) => {
    const file = await world.make('a.txt', 'x')
    const { find } = world.storage
    Object.assign(world.storage, { find: async (id: string) => ({ ...(await find(id)), openElsewhere: 'Carla' }) })
    const answer = await lockIt(world, file, 'A')
    assert.deepEqual([answer.status, answer.headers.get('X-WOPI-Lock')], [409, ''])
    assert.match(answer.headers.get('X-WOPI-LockFailureReason') ?? '', /Carla/)
  })

  on(
    'an editor that alters its lock ids is met by sameLock',
    async (world) => {
      const file = await world.make('a.txt', 'x')
      await lockIt(world, file, '{"S":"1","E":2}')
      assert.equal((await refreshIt(world, file, '{"S":"1","E":2,"F":4}')).status, 200)
      assert.equal((await refreshIt(world, file, '{"S":"2"}')).status, 409)
    },
    { sameLock: (held, sent) => JSON.parse(held).S === JSON.parse(sent).S },
  )

  on('the name of whoever holds a lock cannot break out of a header', async (world) => {
    const file = await world.make('a.txt', 'x')
    await world.locks.swap(file.id, undefined, {
      id: 'A',
      expiresAt: world.clock.now + minutes,
      version: file.version,
      by: { ...userOf('E'), name: 'Eve\r\nSet-Cookie: x=1 中' },
    })
    const answer = await lockIt(world, file, 'B')
    assert.equal(answer.status, 409)
    assert.equal(answer.headers.get('Set-Cookie'), null)
  })
}
