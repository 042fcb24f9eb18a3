import { type Answer, jsonOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { expectStatus, expectThat, given } from '../findings.ts'
import { listIn } from '../places.ts'
import { docs, shown } from '../words.ts'
import { save, type World } from '../world.ts'
import { idsIn, join, joined } from './coauth-locks.ts'

const tells = {
  group: 'coauth',
  promised: ['SupportsCoauth'],
  needs: ['own'],
  covers: ['getCoauthTable'],
  spec: `${docs.plus}/getcoauthtable`,
} as const

const versionIn = (answer: Answer) => answer.headers.get('X-WOPI-CoauthTableVersion') ?? ''
const metadataIn = (answer: Answer) => listIn(answer, 'CoauthTable').map(({ CoauthLockMetadata }) => CoauthLockMetadata)

const kinds = {
  CoauthLockId: (value: unknown) => typeof value === 'string' && value !== '',
  CoauthLockMetadata: (value: unknown) => typeof value === 'string',
  CoauthLockType: (value: unknown) => value === 'Coauth' || value === 'CoauthExclusive',
  UserFriendlyName: (value: unknown) => typeof value === 'string' && value !== '',
  CoauthLockTime: (value: unknown) => typeof value === 'number' && value > 0,
} as const

const columns = Object.entries(kinds).map(
  ([name, isRight]): Check => ({
    ...tells,
    says: `Each row of the table has a ${name} that it may have.`,
    async run(world) {
      const [row] = listIn(await (await joined(world, world.newLock())).ask('getCoauthTable'), 'CoauthTable')
      expectThat(row !== undefined && isRight(row[name]), name, shown(row?.[name]))
    },
  }),
)

interface Said {
  readonly says: string
  readonly header?: string
  readonly body?: string
  readonly expected: string
}

const firstSaid: readonly Said[] = [
  { says: 'Metadata in the header of GetCoauthLock is in the table.', header: 'h', expected: 'h' },
  { says: 'Metadata in the body of GetCoauthLock is in the table.', body: 'b', expected: 'b' },
  {
    says: 'Of metadata in the header and the body of GetCoauthLock, the body counts.',
    header: 'h',
    body: 'b',
    expected: 'b',
  },
  {
    says: 'Empty metadata in the body of GetCoauthLock counts more than some in the header.',
    header: 'h',
    body: '',
    expected: '',
  },
  { says: 'Without metadata in GetCoauthLock, the table says empty metadata.', expected: '' },
]

const refreshed: readonly Said[] = [
  { says: 'RefreshCoauthLock without metadata keeps it.', expected: 'first' },
  { says: 'RefreshCoauthLock with empty metadata in the body keeps it.', body: '', expected: 'first' },
  { says: 'RefreshCoauthLock with metadata in the header changes it.', header: 'h', expected: 'h' },
  { says: 'RefreshCoauthLock with metadata in the body changes it.', header: 'h', body: 'b', expected: 'b' },
]

const inputOf = ({ header, body }: Said) => ({
  ...(header !== undefined && { metadata: header }),
  ...(body !== undefined && { body: { CoauthLockMetadata: body } }),
})

const metadata = [
  ...firstSaid.map(
    (said): Check => ({
      ...tells,
      says: said.says,
      covers: ['getCoauthLock'],
      spec: `${docs.plus}/getcoauthlock`,
      async run(world) {
        const answer = await join(await world.scratch(), world.newLock(), 'Coauth', inputOf(said))
        expectStatus(answer, [200])
        expectThat(metadataIn(answer)[0] === said.expected, `"${said.expected}"`, shown(metadataIn(answer)))
      },
    }),
  ),
  ...refreshed.map(
    (said): Check => ({
      ...tells,
      says: said.says,
      covers: ['refreshCoauthLock'],
      spec: `${docs.plus}/refreshcoauthlock`,
      async run(world) {
        const [target, id] = [await world.scratch(), world.newLock()]
        given(await join(target, id, 'Coauth', { metadata: 'first' }), 'GetCoauthLock')
        const answer = await target.ask('refreshCoauthLock', { id, expiresIn: 600, ...inputOf(said) })
        expectStatus(answer, [200])
        expectThat(metadataIn(answer)[0] === said.expected, `"${said.expected}"`, shown(metadataIn(answer)))
      },
    }),
  ),
]

async function refreshedVersions(world: World, metadata?: string): Promise<readonly [string, string]> {
  const [target, id] = [await world.scratch(), world.newLock()]
  const before = versionIn(given(await join(target, id, 'Coauth', { metadata: 'first' }), 'GetCoauthLock'))
  const more = metadata === undefined ? {} : { metadata }
  const after = await target.ask('refreshCoauthLock', { id, expiresIn: 700, ...more })
  return [before, versionIn(given(after, 'RefreshCoauthLock'))]
}

/** Who has a file open, and what has happened to it. */
export const coauthTable: readonly Check[] = [
  ...columns,
  ...metadata,
  {
    ...tells,
    says: 'GetCoauthTable of a file that nobody holds answers an empty table with a version.',
    async run(world) {
      const answer = await (await world.scratch()).ask('getCoauthTable')
      expectStatus(answer, [200])
      expectThat(versionIn(answer) !== '', 'X-WOPI-CoauthTableVersion', 'none')
      const table = jsonOf(answer)?.['CoauthTable']
      expectThat(Array.isArray(table) && table.length === 0, 'CoauthTable: []', shown(table))
    },
  },
  {
    ...tells,
    says: 'GetCoauthTable for the version that the client has answers that version and no table.',
    async run(world) {
      const target = await joined(world, world.newLock())
      const known = versionIn(given(await target.ask('getCoauthTable'), 'GetCoauthTable'))
      const answer = await target.ask('getCoauthTable', { known })
      expectStatus(answer, [200])
      expectThat(versionIn(answer) === known, `X-WOPI-CoauthTableVersion ${known}`, versionIn(answer))
      expectThat(answer.bytes.byteLength === 0, 'no body', `${answer.bytes.byteLength} bytes`)
    },
  },
  {
    ...tells,
    says: 'GetCoauthTable for another version than the present one answers the table.',
    async run(world) {
      const id = world.newLock()
      const answer = await (await joined(world, id)).ask('getCoauthTable', { known: 'openwopi-check' })
      expectStatus(answer, [200])
      expectThat(idsIn(answer).join() === id, id, idsIn(answer).join(', ') || 'none')
    },
  },
  {
    ...tells,
    says: 'A client that goes is gone from the table, which has another version then.',
    covers: ['getCoauthTable', 'unlockCoauthLock'],
    async run(world) {
      const [stays, goes] = [world.newLock(), world.newLock()]
      const target = await joined(world, stays)
      const before = versionIn(given(await join(target, goes), 'GetCoauthLock'))
      given(await target.ask('unlockCoauthLock', { id: goes }), 'UnlockCoauthLock')
      const answer = await target.ask('getCoauthTable', { known: before })
      expectThat(versionIn(answer) !== before, 'another version', 'the same')
      expectThat(idsIn(answer).join() === stays, stays, idsIn(answer).join(', ') || 'none')
    },
  },
  {
    ...tells,
    says: 'RefreshCoauthLock that changes nothing but the time leaves the version of the table.',
    covers: ['refreshCoauthLock'],
    async run(world) {
      const [before, after] = await refreshedVersions(world)
      expectThat(before === after, before, after)
    },
  },
  {
    ...tells,
    says: 'RefreshCoauthLock with other metadata gives the table another version.',
    covers: ['refreshCoauthLock'],
    async run(world) {
      const [before, after] = await refreshedVersions(world, 'second')
      expectThat(before !== after, 'another version', 'the same')
    },
  },
  {
    ...tells,
    says: 'CoauthLockTime is when a client came first, and stays when it asks again.',
    covers: ['getCoauthLock'],
    async run(world) {
      const [target, id] = [await world.scratch(), world.newLock()]
      const times = []
      for (const metadata of ['first', 'second']) {
        const answer = given(await join(target, id, 'Coauth', { metadata }), 'GetCoauthLock')
        times.push(listIn(answer, 'CoauthTable')[0]?.['CoauthLockTime'])
      }
      expectThat(times[0] === times[1], shown(times[0]), shown(times[1]))
    },
  },
  {
    ...tells,
    says: 'GetSequenceNumber answers a number above zero, which grows when the content changes.',
    covers: ['getSequenceNumber', 'putFile'],
    spec: `${docs.plus}/getsequencenumber`,
    async run(world) {
      const target = await world.scratch('before')
      const numbers = []
      for (const content of ['after', 'after that']) {
        numbers.push(Number((await target.ask('getSequenceNumber')).headers.get('X-WOPI-SequenceNumber')))
        given(await save(world, target, content), 'PutFile')
      }
      const [first = 0, second = 0] = numbers
      expectThat(Number.isInteger(first) && first > 0 && second > first, 'two numbers that grow', numbers.join(', '))
    },
  },
]
