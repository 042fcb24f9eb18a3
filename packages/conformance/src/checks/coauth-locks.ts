import { type Answer, jsonOf, wordsOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { expectLock, expectStatus, expectThat, given } from '../findings.ts'
import { listIn } from '../places.ts'
import type { Target } from '../target.ts'
import { docs, shown } from '../words.ts'
import { bytesOf, locked, textIn, type World } from '../world.ts'

const together = {
  group: 'coauth',
  promised: ['SupportsCoauth'],
  needs: ['own'],
  spec: `${docs.plus}/getcoauthlock`,
} as const

type Type = 'Coauth' | 'CoauthExclusive'

/** Takes or renews a co-authoring lock. */
export const join = (target: Target, id: string, type: Type = 'Coauth', more: Readonly<Record<string, unknown>> = {}) =>
  target.ask('getCoauthLock', { id, type, expiresIn: 600, ...more })

/** A file that a client holds together with whoever comes. */
export async function joined(world: World, id: string, type: Type = 'Coauth'): Promise<Target> {
  const target = await world.scratch('in place')
  given(await join(target, id, type), 'GetCoauthLock')
  return target
}

/** The ids in the table of an answer. */
export const idsIn = (answer: Answer): string[] =>
  listIn(answer, 'CoauthTable').map(({ CoauthLockId }) => String(CoauthLockId))

/** Fails when an answer names a lock that one client would hold alone. */
const expectNoLock = (answer: Answer) =>
  expectThat(!answer.headers.get('X-WOPI-Lock'), 'no X-WOPI-Lock', wordsOf(answer))

const required: readonly (readonly [what: string, headers: Readonly<Record<string, string>>])[] = [
  ['without an id', { 'X-WOPI-CoauthLockId': '' }],
  ['with an id of 1,025 characters', { 'X-WOPI-CoauthLockId': 'x'.repeat(1025) }],
  ['without a type', { 'X-WOPI-CoauthLockType': '' }],
  ['of type None', { 'X-WOPI-CoauthLockType': 'None' }],
  ['without a time', { 'X-WOPI-CoauthLockExpirationTimeout': '' }],
  ['for 59 seconds', { 'X-WOPI-CoauthLockExpirationTimeout': '59' }],
  ['for 3,601 seconds', { 'X-WOPI-CoauthLockExpirationTimeout': '3601' }],
  ['with metadata of more than 4 KiB', { 'X-WOPI-CoauthLockMetadata': 'm'.repeat(4097) }],
]

const refused = required.map(
  ([what, headers]): Check => ({
    ...together,
    says: `GetCoauthLock ${what} is refused with 400.`,
    covers: ['getCoauthLock'],
    async run(world) {
      const target = await world.scratch()
      const input = { id: world.newLock(), type: 'Coauth', expiresIn: 600 }
      expectStatus(await target.ask('getCoauthLock', input, { headers }), [400])
    },
  }),
)

const accepted = (['60', '3600'] as const).map(
  (seconds): Check => ({
    ...together,
    says: `GetCoauthLock for ${seconds} seconds succeeds.`,
    covers: ['getCoauthLock'],
    async run(world) {
      expectStatus(await join(await world.scratch(), world.newLock(), 'Coauth', { expiresIn: Number(seconds) }), [200])
    },
  }),
)

const alone = (['lock', 'putFile'] as const).map(
  (name): Check => ({
    ...together,
    says: `${name === 'lock' ? 'Lock' : 'PutFile'} on a file that clients hold together is refused with 409, which names no lock.`,
    covers: ['getCoauthLock', name],
    promised: ['SupportsCoauth', 'SupportsLocks'],
    async run(world) {
      const target = await joined(world, world.newLock())
      const lock = world.newLock()
      const answer = await target.ask(name, name === 'lock' ? { lock } : { lock, content: bytesOf('changed') })
      expectStatus(answer, [409])
      expectNoLock(answer)
      expectThat((await textIn(target)) === 'in place', 'the content "in place"', `"${await textIn(target)}"`)
    },
  }),
)

/** Locks that several clients hold at a time. */
export const coauthLocks: readonly Check[] = [
  ...refused,
  ...accepted,
  {
    ...together,
    says: 'Two clients hold a file together, and the table lists both.',
    covers: ['getCoauthLock'],
    async run(world) {
      const [one, two] = [world.newLock(), world.newLock()]
      const answer = await join(await joined(world, one), two)
      expectStatus(answer, [200])
      expectThat(
        [one, two].every((id) => idsIn(answer).includes(id)),
        `${one} and ${two}`,
        idsIn(answer).join(', '),
      )
    },
  },
  {
    ...together,
    says: 'One client at a time holds a file exclusively: a second is refused with 409.',
    covers: ['getCoauthLock'],
    async run(world) {
      const target = await joined(world, world.newLock(), 'CoauthExclusive')
      expectStatus(await join(target, world.newLock(), 'CoauthExclusive'), [409])
    },
  },
  {
    ...together,
    says: 'Clients come and go while one holds the file exclusively.',
    covers: ['getCoauthLock', 'unlockCoauthLock'],
    async run(world) {
      const [target, id] = [await joined(world, world.newLock(), 'CoauthExclusive'), world.newLock()]
      expectStatus(await join(target, id), [200])
      expectStatus(await target.ask('unlockCoauthLock', { id }), [200])
    },
  },
  {
    ...together,
    says: 'A client that asks again with another type has that type from then on.',
    covers: ['getCoauthLock'],
    async run(world) {
      const id = world.newLock()
      const answer = await join(await joined(world, id), id, 'CoauthExclusive')
      expectStatus(answer, [200])
      const types = listIn(answer, 'CoauthTable').map(({ CoauthLockType }) => CoauthLockType)
      expectThat(types.join() === 'CoauthExclusive', 'CoauthExclusive, once', types.join(', '))
    },
  },
  {
    ...together,
    says: 'A file that one client has locked for itself is not held together: GetCoauthLock is refused with 409.',
    covers: ['getCoauthLock', 'lock'],
    promised: ['SupportsCoauth', 'SupportsLocks'],
    async run(world) {
      const target = await locked(await world.scratch(), world.newLock())
      expectStatus(await join(target, world.newLock()), [409])
    },
  },
  ...alone,
  {
    ...together,
    says: 'A file that nobody holds any longer can be locked by one client alone.',
    covers: ['unlockCoauthLock', 'lock'],
    promised: ['SupportsCoauth', 'SupportsLocks'],
    async run(world) {
      const [id, lock] = [world.newLock(), world.newLock()]
      const target = await joined(world, id)
      expectStatus(await target.ask('unlockCoauthLock', { id }), [200], 'to UnlockCoauthLock')
      expectStatus(await target.ask('lock', { lock }), [200], 'to Lock')
    },
  },
  {
    ...together,
    says: 'RefreshCoauthLock with an id that nobody holds is refused with 409.',
    covers: ['refreshCoauthLock'],
    spec: `${docs.plus}/refreshcoauthlock`,
    async run(world) {
      const target = await joined(world, world.newLock())
      expectStatus(await target.ask('refreshCoauthLock', { id: world.newLock(), expiresIn: 600 }), [409])
    },
  },
  {
    ...together,
    says: 'UnlockCoauthLock with an id that nobody holds is refused with 409.',
    covers: ['unlockCoauthLock'],
    spec: `${docs.plus}/unlockcoauthlock`,
    async run(world) {
      const target = await joined(world, world.newLock())
      expectStatus(await target.ask('unlockCoauthLock', { id: world.newLock() }), [409])
    },
  },
  {
    ...together,
    says: 'A lock that one client has for itself keeps its name in the 409 of Lock, also on a host with co-authoring.',
    covers: ['lock'],
    promised: ['SupportsCoauth', 'SupportsLocks'],
    async run(world) {
      const lock = world.newLock()
      const answer = await (await locked(await world.scratch(), lock)).ask('lock', { lock: world.newLock() })
      expectStatus(answer, [409])
      expectLock(answer, lock)
    },
  },
  {
    ...together,
    says: 'RenameFile with both kinds of lock is refused with 400.',
    covers: ['renameFile'],
    promised: ['SupportsCoauth', 'SupportsRename'],
    spec: `${docs.rest}/files/renamefile`,
    async run(world) {
      const input = { requestedName: world.workplace.newName(''), lock: world.newLock(), coauthLockId: world.newLock() }
      expectStatus(await (await world.scratch()).ask('renameFile', input), [400])
    },
  },
  {
    ...together,
    says: 'RenameFile by a client that holds the file together with others succeeds, and by one that does not is refused with 409.',
    covers: ['renameFile'],
    promised: ['SupportsCoauth', 'SupportsRename', 'UserCanRename'],
    spec: `${docs.rest}/files/renamefile`,
    async run(world) {
      const id = world.newLock()
      const target = await joined(world, id)
      const requestedName = world.workplace.newName('')
      expectStatus(await target.ask('renameFile', { requestedName, coauthLockId: world.newLock() }), [409])
      expectStatus(await target.ask('renameFile', { requestedName, coauthLockId: id }), [200])
    },
  },
  {
    ...together,
    says: 'What GetCoauthLock answers is a table in JSON with a version.',
    covers: ['getCoauthLock'],
    async run(world) {
      const answer = await join(await world.scratch(), world.newLock())
      expectStatus(answer, [200])
      expectThat(Boolean(answer.headers.get('X-WOPI-CoauthTableVersion')), 'X-WOPI-CoauthTableVersion', 'none')
      const names = Object.keys(jsonOf(answer) ?? {})
      expectThat(names.join() === 'CoauthTable', 'CoauthTable and nothing else', shown(names))
    },
  },
]
