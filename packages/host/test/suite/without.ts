import assert from 'node:assert/strict'
import {
  type Operation,
  type OperationName,
  operationEntries,
  operationNamed,
  reserved,
  roots,
} from '@openwopi/protocol'
import { type Feature, features } from '../../src/index.ts'
import type { On } from './index.ts'
import { infoOf, putIt, userOf, type World } from './world.ts'

/** What a client of co-authoring is told all of, or nothing. */
const coauthProperties = [
  ...['SupportsCoauth', 'SequenceNumber', 'OfficeCollaborationServiceEndpointUrl', 'RealTimeChannelEndpointUrl'],
  ...['AccessTokenExpiry', 'ServerTime', 'SharingStatus', 'FileGeoLocationCode'],
  ...['SupportsChunkedFileTransfer', 'SupportsResumableFileTransfer'],
]

/** Where clients meet, as the host's own application says. */
const describe = () => ({
  OfficeCollaborationServiceEndpointUrl: 'https://client.example/collab',
  RealTimeChannelEndpointUrl: 'https://client.example/rtc',
  SharingStatus: 'Shared' as const,
  FileGeoLocationCode: 'EUR',
})

/** What each feature is promised by, and what says so instead where there is no promise to leave out. */
const promises: Readonly<Record<Feature, readonly string[]>> = {
  containers: ['SupportsContainers', 'SupportsEcosystem', 'SupportsGetFileWopiSrc'],
  ecosystem: ['SupportsEcosystem', 'SupportsGetFileWopiSrc'],
  folders: ['SupportsFolders'],
  'relative-writes': [],
  locks: ['SupportsLocks', 'SupportsGetLock', 'SupportsExtendedLockLength', 'SupportsCobalt'],
  rename: ['SupportsRename', 'UserCanRename'],
  delete: ['SupportsDeleteFile'],
  'user-info': ['SupportsUserInfo', 'UserInfo'],
  shares: ['SupportedShareUrlTypes'],
  activities: ['SupportsAddActivities'],
  'restricted-links': ['SupportsScenarioLinks'],
  'secure-store': ['SupportsSecureStore'],
  coauth: coauthProperties,
  cells: ['SupportsCobalt'],
}

/** Cell storage that has one answer to everything. */
const cells = { longestBody: 1000, answer: async () => ({ text: '<Answer/>', contentType: 'text/xml' }) }

/** The id of something new of this kind. */
async function placeOf(world: World, on: Operation['on']): Promise<string> {
  if (on === 'ecosystem') return ''
  if (on === 'file') return (await world.make(`${crypto.randomUUID()}.txt`, 'x')).id
  return (await world.containers.create('root', crypto.randomUUID()))?.id ?? ''
}

/** Asks for an operation with nothing but what picks it. */
async function ask(world: World, { on, method, path = '', override, sentWith }: Operation): Promise<number> {
  const id = await placeOf(world, on)
  const { token } = world.access.mint({
    user: userOf('Ann'),
    resource: { on, id },
    expiresAt: world.clock.now + 60_000,
  })
  const kinds = { 'X-WOPI-UrlType': 'ReadOnly', 'X-WOPI-RestrictedLink': 'FORMS' }
  const headers = { ...kinds, ...(override && { 'X-WOPI-Override': override }), ...(sentWith && { [sentWith]: 'x' }) }
  const address = `${roots[on].replace(':id', id)}${path}?access_token=${token}`
  return (await world.raw(address, { method, headers })).status
}

export function withoutSuite(on: On): void {
  for (const feature of Object.keys(features) as Feature[]) {
    on(
      `a host without ${feature} answers its operations with 501 and promises none of them`,
      async (world) => {
        for (const name of features[feature] as readonly OperationName[])
          assert.equal(await ask(world, operationNamed(name)), 501, name)
        const info = await infoOf(world, await world.make('a.txt', 'x'))
        for (const name of promises[feature]) assert.ok(!info[name], name)
        assert.equal(info['UserCanNotWriteRelative'], feature === 'relative-writes')
      },
      { without: new Set([feature]), coauth: true, describe, cells },
    )

    on(
      `a host without ${feature} offers and promises all else`,
      async (world) => {
        const gone = new Set<OperationName>(features[feature])
        for (const [name, row] of operationEntries)
          if (!gone.has(name) && !Object.hasOwn(reserved, name)) assert.notEqual(await ask(world, row), 501, name)
        const info = await infoOf(world, await world.make('a.txt', 'x'))
        for (const other of Object.keys(features) as Feature[]) {
          if (other === feature) continue
          // Co-authoring is promised only together with these.
          if (other === 'coauth' && ['locks', 'user-info'].includes(feature)) continue
          const kept = promises[other].filter((name) => !promises[feature].includes(name) && name !== 'UserInfo')
          for (const name of kept) assert.ok(info[name], name)
        }
      },
      { without: new Set([feature]), coauth: true, describe, cells, nativeNames: { fileId: async () => 'x' } },
    )
  }

  on(
    'a host without locks takes a save without one, also of a file that is not empty',
    async (world) => {
      const file = await world.make('a.txt', 'one')
      assert.equal((await putIt(world, file, 'two')).status, 200)
      assert.equal((await putIt(world, file, 'three', { lock: 'A' })).status, 200)
      assert.equal(await world.textOf(file), 'three')
    },
    { without: new Set<Feature>(['locks']) },
  )

  on(
    'a lock that an earlier configuration left binds nobody in a host without locks',
    async (world) => {
      const file = await world.make('a.txt', 'one')
      const left = { id: 'A', expiresAt: world.clock.now + 60_000, version: file.version, by: userOf('Bob') }
      await world.locks.swap(file.id, undefined, left)
      assert.equal((await putIt(world, file, 'two')).status, 200)
      assert.equal((await world.send(file, { override: 'DELETE' })).status, 200)
    },
    { without: new Set<Feature>(['locks']) },
  )
}
