import assert from 'node:assert/strict'
import type { On } from './index.ts'
import { infoOf, putIt, timeOf } from './world.ts'

export function checkFileInfoSuite(on: On): void {
  on('CheckFileInfo tells of the file, the user, and what the host offers', async (world) => {
    const file = await world.make('Zoë 😀.txt', 'hello')
    const answer = await world.send(file, { method: 'GET' })
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('Content-Type') ?? '', /^application\/json/)
    const info = (await answer.json()) as Record<string, unknown>
    const expected = {
      BaseFileName: 'Zoë 😀.txt',
      FileExtension: '.txt',
      OwnerId: 'idOwner',
      Size: 5,
      UserId: 'idAnn',
      UserFriendlyName: 'Ann',
      Version: file.version,
      UserCanWrite: true,
      UserCanRename: true,
      UserCanNotWriteRelative: false,
      SupportsUpdate: true,
      SupportsLocks: true,
      SupportsGetLock: true,
      SupportsRename: true,
      SupportsDeleteFile: true,
      SupportsUserInfo: true,
      SupportsExtendedLockLength: true,
      HasContentRange: true,
      LastModifiedTime: timeOf(file),
    }
    for (const [name, value] of Object.entries(expected)) assert.deepEqual(info[name], value, name)
    assert.ok(!Object.values(info).includes(null))
  })

  on('CheckFileInfo shows at once what PutFile has stored', async (world) => {
    const file = await world.make('a.txt')
    const put = await putIt(world, file, 'hello')
    const info = await infoOf(world, file)
    assert.equal(info['Size'], 5)
    assert.equal(info['Version'], put.headers.get('X-WOPI-ItemVersion'))
  })

  on('a user who may only read is told so', async (world) => {
    const file = await world.make('a.txt', 'x')
    const info = await infoOf(world, file, world.token(file, { can: ['read'] }))
    assert.ok(!info['UserCanWrite'] && !info['UserCanRename'])
    assert.equal(info['UserCanNotWriteRelative'], true)
  })

  on(
    'what the host promises is what it has ports for',
    async (world) => {
      const file = await world.make('a.txt', 'x')
      assert.ok(!(await infoOf(world, file))['SupportsUserInfo'])
      assert.equal((await world.send(file, { override: 'PUT_USER_INFO', body: 'x' })).status, 501)
    },
    { userInfo: undefined } as object,
  )

  on(
    'the pages of the host are named, and the host page decides over the rest',
    async (world) => {
      const file = await world.make('a.txt', 'x')
      assert.equal((await infoOf(world, file))['HostEditUrl'], `https://files.example/open/${file.id}`)
    },
    { describe: ({ id }) => ({ HostEditUrl: `https://files.example/open/${id}` }) },
  )

  on('the eight properties of coauthoring are absent', async (world) => {
    const info = await infoOf(world, await world.make('a.txt', 'x'))
    for (const name of [
      'SupportsCoauth',
      'SequenceNumber',
      'OfficeCollaborationServiceEndpointUrl',
      'RealTimeChannelEndpointUrl',
      'AccessTokenExpiry',
      'ServerTime',
      'SharingStatus',
      'FileGeoLocationCode',
    ]) {
      assert.ok(!(name in info), name)
    }
  })
}
