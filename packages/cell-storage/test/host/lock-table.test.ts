import type { StoredFile } from '@openwopi/host'
import { describe, expect, test } from 'vitest'
import * as vectors from '../vectors.ts'
import { cell, coauth, exclusive, exclusiveId, openWorld, schema, sub, type World } from './world.ts'

const lock = '11111111-0000-0000-0000-000000000000'
const held = { 'X-WOPI-Lock': lock }

const lockIt = (world: World, file: StoredFile, headers: Readonly<Record<string, string>> = held, user = 'Wendy') =>
  world.send(file, { override: 'LOCK', headers, user })

/** Every operation of WOPI that a lock of another kind keeps out. */
const kept: readonly (readonly [name: string, run: (world: World, file: StoredFile) => Promise<Response>])[] = [
  ['Lock', (world, file) => lockIt(world, file)],
  ['RefreshLock', (world, file) => world.send(file, { override: 'REFRESH_LOCK', headers: held })],
  ['Unlock', (world, file) => world.send(file, { override: 'UNLOCK', headers: held })],
  ['UnlockAndRelock', (world, file) => lockIt(world, file, { ...held, 'X-WOPI-OldLock': 'B' })],
  ['PutFile', (world, file) => world.send(file, { override: 'PUT', path: '/contents', headers: held, body: 'y' })],
  ['PutFile without a lock', (world, file) => world.send(file, { override: 'PUT', path: '/contents', body: 'y' })],
  [
    'RenameFile',
    (world, file) => world.send(file, { override: 'RENAME_FILE', headers: { 'X-WOPI-RequestedName': 'b' } }),
  ],
  ['DeleteFile', (world, file) => world.send(file, { override: 'DELETE' })],
  [
    'PutRelativeFile onto it',
    async (world, file) => {
      const headers = { 'X-WOPI-RelativeTarget': file.name, 'X-WOPI-OverwriteRelativeTarget': 'true' }
      return world.send(await world.make('other.docx', 'x'), { override: 'PUT_RELATIVE', headers, body: 'y' })
    },
  ],
]

const kinds = [
  ['shared lock', coauth(1, 'JoinCoauthoring'), coauth(1, 'ExitCoauthoring')],
  ['exclusive lock', exclusive(1, 'GetLock'), exclusive(1, 'ReleaseLock')],
] as const

describe.each(kinds)('A file under a %s of cell storage', (_, take, release) => {
  async function heldFile(text = 'x') {
    const world = await openWorld()
    const file = await world.make('a.docx', text)
    expect((await world.ask(file, take)).codes).toEqual(['Success'])
    return { world, file }
  }

  test.each(kept)(
    'answers %s with 409, no lock of WOPI, and by which kind of interface it is held',
    async (name, run) => {
      // An empty file may else be written by anybody.
      const text = name.startsWith('PutFile') ? '' : 'x'
      const { world, file } = await heldFile(text)
      const { status, headers } = await run(world, file)
      expect(status).toBe(409)
      expect(headers.get('X-WOPI-Lock')).toBe('')
      expect(headers.get('X-WOPI-LockedByOtherInterface')).toBe('true')
      expect(headers.get('X-WOPI-LockFailureReason')).toBe('Ann has the file open')
      expect(await world.textOf(file)).toBe(text)
    },
  )

  test('has no lock as far as GetLock knows', async () => {
    const { world, file } = await heldFile()
    const { status, headers } = await world.send(file, { override: 'GET_LOCK' })
    expect([status, headers.get('X-WOPI-Lock')]).toEqual([200, ''])
  })

  test('is locked by WOPI once it is released, and once its time is over', async () => {
    const { world, file } = await heldFile()
    await world.ask(file, release)
    expect((await lockIt(world, file)).status).toBe(200)
    const later = await heldFile()
    later.world.clock.now += 3_599_999
    expect((await lockIt(later.world, later.file)).status).toBe(409)
    later.world.clock.now += 1
    expect((await lockIt(later.world, later.file)).status).toBe(200)
  })

  test('is not taken together by clients of WOPI either', async () => {
    const world = await openWorld({ coauth: true })
    const file = await world.make('a.docx', 'x')
    await world.ask(file, take)
    const headers = {
      'X-WOPI-CoauthLockId': 'c',
      'X-WOPI-CoauthLockType': 'Coauth',
      'X-WOPI-CoauthLockExpirationTimeout': '600',
    }
    expect((await world.send(file, { override: 'GET_COAUTH_LOCK', headers })).status).toBe(409)
  })
})

const requests: readonly (readonly [type: string, subRequest: string])[] = [
  ...['JoinCoauthoring', 'RefreshCoauthoring', 'CheckLockAvailability'].map(
    (type) => [`Coauth ${type}`, coauth(1, type)] as const,
  ),
  ...['GetLock', 'RefreshLock', 'CheckLockAvailability'].map(
    (type) =>
      [
        `SchemaLock ${type}`,
        sub('SchemaLock', 1, `SchemaLockRequestType="${type}" SchemaLockID="${schema}" ClientID="c1" Timeout="3600"`),
      ] as const,
  ),
  ...['GetLock', 'RefreshLock', 'CheckLockAvailability'].map(
    (type) => [`ExclusiveLock ${type}`, exclusive(1, type)] as const,
  ),
  ['Cell that puts', cell(1, vectors.putChanges)],
  ['Cell that puts under another lock', cell(1, vectors.putChanges, `BypassLockID="${schema}"`)],
  [
    'Cell that takes a lock with its save',
    cell(1, vectors.putChanges, `ExclusiveLockID="${exclusiveId}" Timeout="3600"`),
  ],
]

describe('A file under a lock of WOPI', () => {
  async function heldFile() {
    const world = await openWorld()
    const file = await world.make('a.docx', 'x')
    await lockIt(world, file)
    return { world, file }
  }

  test.each(requests)('answers %s with FileAlreadyLockedOnServer, and by whom', async (_, subRequest) => {
    const { world, file } = await heldFile()
    const { codes, text, status } = await world.ask(file, subRequest)
    expect([status, codes]).toEqual([200, ['FileAlreadyLockedOnServer']])
    expect(text).toContain('ErrorMessage="Wendy"')
    expect(await world.textOf(file)).toBe('x')
    expect((await world.send(file, { override: 'GET_LOCK' })).headers.get('X-WOPI-Lock')).toBe(lock)
  })

  test('takes what is put by who names that lock, in letters of any case', async () => {
    const { world, file } = await heldFile()
    expect((await world.ask(file, cell(1, vectors.putChanges, `BypassLockID="${lock}"`))).codes).toEqual(['Success'])
    expect(await world.textOf(file)).toBe('Hello, cell storage!')
  })

  test('is read in cells by everybody', async () => {
    const { world, file } = await heldFile()
    expect((await world.ask(file, cell(1, vectors.queryChanges))).codes).toEqual(['Success'])
  })

  test('is taken through cells once that is released, or its time is over', async () => {
    const { world, file } = await heldFile()
    await world.send(file, { override: 'UNLOCK', headers: held })
    expect((await world.ask(file, coauth(1, 'JoinCoauthoring'))).codes).toEqual(['Success'])
    const later = await heldFile()
    later.world.clock.now += 30 * 60_000
    expect((await later.world.ask(later.file, coauth(1, 'JoinCoauthoring'))).codes).toEqual(['Success'])
  })
})

describe('A file that nobody holds', () => {
  test('is taken by either protocol', async () => {
    const world = await openWorld()
    for (const [, take] of kinds)
      expect((await world.ask(await world.make(`${take.length}.docx`, 'x'), take)).codes).toEqual(['Success'])
    expect((await lockIt(world, await world.make('b.docx', 'x'))).status).toBe(200)
  })

  test('is taken by one of the two when both come at once', async () => {
    for (let round = 0; round < 20; round++) {
      const world = await openWorld()
      const file = await world.make('a.docx', 'x')
      const [wopi, cells] = await Promise.all([lockIt(world, file), world.ask(file, coauth(1, 'JoinCoauthoring'))])
      expect([wopi.status === 200, cells.codes[0] === 'Success'].filter(Boolean)).toHaveLength(1)
    }
  })

  test('keeps out a save through cells when WOPI locks it while the bytes are on their way', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx', 'x')
    const { write } = world.storage
    const locked: Promise<Response>[] = []
    world.storage.write = async (present, content, change) => {
      locked.push(lockIt(world, file))
      await locked[0]
      return write(present, content, change)
    }
    const { codes } = await world.ask(file, cell(1, vectors.putChanges))
    expect((await locked[0])?.status).toBe(200)
    expect(codes).toEqual(['CellRequestFail'])
    expect(await world.textOf(file)).toBe('x')
  })

  test('is not locked through cells while a desktop program has it open', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx', 'x')
    const { find } = world.storage
    world.storage.find = async (...asked) => {
      const found = await find(...asked)
      return found && { ...found, openElsewhere: 'Dora' }
    }
    for (const subRequest of [
      coauth(1, 'JoinCoauthoring'),
      exclusive(1, 'GetLock'),
      cell(1, vectors.putChanges, 'BypassLockID=""'),
    ]) {
      const { codes, text } = await world.ask(file, subRequest)
      expect(codes).toEqual(['FileAlreadyLockedOnServer'])
      expect(text).toContain('ErrorMessage="Dora"')
    }
  })
})
