import assert from 'node:assert/strict'
import type { CoauthTableRow } from '@openwopi/protocol'
import type { StoredFile } from '../../src/index.ts'
import type { On } from './index.ts'
import { getLockOf, lockIt, putIt, unlockIt, type World } from './world.ts'

interface Asked {
  readonly id?: string
  readonly type?: string
  readonly seconds?: string
  readonly metadata?: string
  readonly body?: string
  readonly user?: string
}

const ask = (world: World, file: StoredFile, override: string, { id, type, seconds, ...more }: Asked) =>
  world.send(file, {
    override,
    headers: {
      ...(id !== undefined && { 'X-WOPI-CoauthLockId': id }),
      ...(type !== undefined && { 'X-WOPI-CoauthLockType': type }),
      ...(seconds !== undefined && { 'X-WOPI-CoauthLockExpirationTimeout': seconds }),
      ...(more.metadata !== undefined && { 'X-WOPI-CoauthLockMetadata': more.metadata }),
    },
    ...(more.body !== undefined && { body: more.body }),
    token: world.token(file, { user: more.user ?? 'Ann' }),
  })
const get = (world: World, file: StoredFile, id: string, asked: Asked = {}) =>
  ask(world, file, 'GET_COAUTH_LOCK', { id, type: 'Coauth', seconds: '600', ...asked })
const refresh = (world: World, file: StoredFile, id: string, asked: Asked = {}) =>
  ask(world, file, 'REFRESH_COAUTH_LOCK', { id, seconds: '600', ...asked })
const unlock = (world: World, file: StoredFile, id: string) => ask(world, file, 'UNLOCK_COAUTH_LOCK', { id })
const table = (world: World, file: StoredFile, known?: string) =>
  world.send(file, {
    override: 'GET_COAUTH_TABLE',
    headers: { ...(known && { 'X-WOPI-CoauthTableVersion': known }) },
    token: world.token(file, { can: ['read'] }),
  })
const rowsOf = async (answer: Response): Promise<CoauthTableRow[]> => {
  assert.equal(answer.status, 200)
  const body = (await answer.json()) as { CoauthTable: CoauthTableRow[] }
  assert.deepEqual(Object.keys(body), ['CoauthTable'])
  return body.CoauthTable
}
const versionOf = (answer: Response) => answer.headers.get('X-WOPI-CoauthTableVersion')

export function coauthSuite(on: On): void {
  const together = (name: string, run: (world: World, file: StoredFile) => Promise<void>) =>
    on(name, async (world) => run(world, await world.make('a.docx', 'one')), { coauth: true })

  together('several clients have a file open, and each is told of all', async (world, file) => {
    await get(world, file, 'A', { metadata: 'x' })
    world.clock.now += 1000
    const rows = await rowsOf(await get(world, file, 'B', { user: 'Bob', body: '{"CoauthLockMetadata":"Größe"}' }))
    assert.deepEqual(rows, [
      {
        CoauthLockId: 'A',
        CoauthLockMetadata: 'x',
        CoauthLockType: 'Coauth',
        UserFriendlyName: 'Ann',
        CoauthLockTime: world.clock.now - 1000,
      },
      {
        CoauthLockId: 'B',
        CoauthLockMetadata: 'Größe',
        CoauthLockType: 'Coauth',
        UserFriendlyName: 'Bob',
        CoauthLockTime: world.clock.now,
      },
    ])
    assert.deepEqual(await rowsOf(await table(world, file)), rows)
  })

  together(
    'what is said of a client in the body counts more than the header, even if it is nothing',
    async (world, file) => {
      const said = async (asked: Asked) => (await rowsOf(await get(world, file, 'A', asked)))[0]?.CoauthLockMetadata
      assert.equal(await said({ metadata: 'x', body: '{"CoauthLockMetadata":"y"}' }), 'y')
      assert.equal(await said({ metadata: 'x', body: '{"CoauthLockMetadata":""}' }), '')
      assert.equal(await said({ metadata: 'x', body: '{}' }), 'x')
      assert.equal(await said({}), '')
    },
  )

  together('a table keeps its version until something in it changes', async (world, file) => {
    const first = versionOf(await get(world, file, 'A', { metadata: 'x' }))
    assert.ok(first)
    world.clock.now += 1000
    assert.equal(versionOf(await refresh(world, file, 'A', { seconds: '60' })), first)
    const same = await table(world, file, first)
    assert.deepEqual([same.status, versionOf(same), await same.text()], [200, first, ''])
    const second = versionOf(await refresh(world, file, 'A', { metadata: 'y' }))
    assert.notEqual(second, first)
    assert.equal((await rowsOf(await table(world, file, first)))[0]?.CoauthLockMetadata, 'y')
    world.clock.now += 600_000
    const ended = await table(world, file, second ?? '')
    assert.notEqual(versionOf(ended), second)
    assert.deepEqual(await rowsOf(ended), [])
  })

  together('a lock that is not held, or has run out, is neither refreshed nor released', async (world, file) => {
    await get(world, file, 'A', { seconds: '60' })
    assert.equal((await refresh(world, file, 'B')).status, 409)
    assert.equal((await unlock(world, file, 'B')).status, 409)
    world.clock.now += 60_000
    assert.equal((await refresh(world, file, 'A')).status, 409)
    assert.equal((await unlock(world, file, 'A')).status, 409)
    await get(world, file, 'A')
    const released = await unlock(world, file, 'A')
    assert.deepEqual([released.status, await released.text()], [200, ''])
    assert.deepEqual(await rowsOf(await table(world, file)), [])
  })

  together('one client at most holds the file exclusively, and others join it all the same', async (world, file) => {
    const exclusive = { type: 'CoauthExclusive' }
    assert.equal((await get(world, file, 'A', exclusive)).status, 200)
    assert.equal((await get(world, file, 'B')).status, 200)
    const refused = await get(world, file, 'B', exclusive)
    assert.equal(refused.status, 409)
    assert.ok(refused.headers.get('X-WOPI-FailureReason'))
    world.clock.now += 1000
    const rows = await rowsOf(await get(world, file, 'A'))
    assert.deepEqual(
      rows.map(({ CoauthLockId, CoauthLockType, CoauthLockTime }) => [CoauthLockId, CoauthLockType, CoauthLockTime]),
      [
        ['A', 'Coauth', world.clock.now - 1000],
        ['B', 'Coauth', world.clock.now - 1000],
      ],
    )
    assert.equal((await get(world, file, 'B', exclusive)).status, 200)
  })

  together('the lock of one client and those of several exclude each other', async (world, file) => {
    await lockIt(world, file, 'L')
    const refused = await get(world, file, 'A')
    assert.deepEqual([refused.status, refused.headers.get('X-WOPI-Lock')], [409, 'L'])
    assert.equal(refused.headers.get('X-WOPI-ConflictingLockUsername'), null)
    const visible = { 'X-WOPI-Lock': 'L', 'X-WOPI-LockUserVisible': 'true' }
    await world.send(file, { override: 'REFRESH_LOCK', headers: visible })
    assert.equal((await get(world, file, 'A')).headers.get('X-WOPI-ConflictingLockUsername'), 'Ann')
    await unlockIt(world, file, 'L')
    await get(world, file, 'A')
    const plain = [
      await lockIt(world, file, 'L'),
      await unlockIt(world, file, 'L'),
      await putIt(world, file, 'two', { lock: 'L' }),
      await putIt(world, file, 'two'),
      await world.send(file, { override: 'DELETE' }),
      await world.send(file, { override: 'REFRESH_LOCK', headers: { 'X-WOPI-Lock': 'L' } }),
      await world.send(file, { override: 'RENAME_FILE', headers: { 'X-WOPI-RequestedName': 'b' } }),
    ]
    for (const { status, headers } of plain) assert.deepEqual([status, headers.get('X-WOPI-Lock')], [409, null])
    assert.match(plain[0]?.headers.get('X-WOPI-LockFailureReason') ?? '', /Ann has the file open/)
    assert.equal(await getLockOf(world, file), null)
    assert.equal(await world.textOf(file), 'one')
    assert.equal((await world.send(file, { method: 'GET', path: '/contents' })).status, 200)
    world.clock.now += 600_000
    assert.equal((await lockIt(world, file, 'L')).status, 200)
  })

  together(
    'whoever has the file open with others may rename it, with their own lock and no other',
    async (world, file) => {
      await get(world, file, 'A')
      const rename = (headers: Record<string, string>) =>
        world.send(file, { override: 'RENAME_FILE', headers: { 'X-WOPI-RequestedName': 'b', ...headers } })
      assert.equal((await rename({ 'X-WOPI-CoauthLockId': 'B' })).status, 409)
      assert.equal((await rename({ 'X-WOPI-CoauthLockId': 'A', 'X-WOPI-Lock': 'L' })).status, 400)
      assert.equal((await rename({ 'X-WOPI-CoauthLockId': 'A' })).status, 200)
      assert.equal((await world.found(file)).name, 'b.docx')
      await unlock(world, file, 'A')
      assert.equal((await rename({ 'X-WOPI-CoauthLockId': 'A' })).status, 200)
      await lockIt(world, file, 'L')
      assert.equal((await rename({ 'X-WOPI-CoauthLockId': 'A' })).status, 409)
    },
  )

  together('headers that are missing, malformed or too long are 400', async (world, file) => {
    const long = 'x'.repeat(4097)
    const bad: Asked[] = [
      { type: 'None' },
      { type: '' },
      { seconds: '59' },
      { seconds: '3601' },
      { seconds: 'x' },
      { seconds: '' },
      { id: '' },
      { id: 'x'.repeat(1025) },
      { metadata: long },
      { body: `{"CoauthLockMetadata":"${long}"}` },
      { body: '{"CoauthLockMetadata":7}' },
      { body: '[]' },
    ]
    for (const asked of bad) assert.equal((await get(world, file, 'A', asked)).status, 400, JSON.stringify(asked))
    assert.equal((await get(world, file, 'A', { metadata: 'x'.repeat(4096), seconds: '3600' })).status, 200)
    assert.equal((await refresh(world, file, 'A', { seconds: '' })).status, 400)
    assert.equal((await unlock(world, file, '')).status, 400)
  })

  together('whoever may only read sees the table and takes no lock', async (world, file) => {
    const token = world.token(file, { can: ['read'] })
    const headers = {
      'X-WOPI-CoauthLockId': 'A',
      'X-WOPI-CoauthLockType': 'Coauth',
      'X-WOPI-CoauthLockExpirationTimeout': '60',
    }
    assert.equal((await world.send(file, { override: 'GET_COAUTH_LOCK', headers, token })).status, 404)
    assert.deepEqual(await rowsOf(await table(world, file)), [])
  })

  together('the sequence number grows with each change of the content', async (world, file) => {
    const number = async () =>
      Number((await world.send(file, { override: 'GET_SEQUENCE_NUMBER' })).headers.get('X-WOPI-SequenceNumber'))
    const first = await number()
    assert.ok(first > 0)
    await lockIt(world, file, 'L')
    assert.equal(await number(), first)
    await putIt(world, file, 'two', { lock: 'L' })
    assert.ok((await number()) > first)
  })

  together('of many clients that come at once none is lost', async (world, file) => {
    const ids = Array.from({ length: 40 }, (_, index) => `client ${index}`)
    await Promise.all(ids.map((id) => get(world, file, id)))
    const rows = await rowsOf(await table(world, file))
    assert.deepEqual(rows.map(({ CoauthLockId }) => CoauthLockId).sort(), ids.sort())
  })
}
