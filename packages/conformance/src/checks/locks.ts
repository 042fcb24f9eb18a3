import type { Check } from '../check.ts'
import { expectLock, expectStatus, expectThat, given } from '../findings.ts'
import { locked, says } from '../world.ts'
import { expectHeld } from './expect-held.ts'
import { lockIds } from './lock-ids.ts'
import { lockMatrix } from './lock-matrix.ts'
import { lockSequences } from './lock-sequences.ts'

const docs = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest'
const spec = `${docs}/concepts#lock`

const byHand: readonly Check[] = [
  {
    says: 'GetLock on a file that nobody holds answers 200 and an empty X-WOPI-Lock.',
    group: 'locks',
    covers: ['getLock'],
    promised: ['SupportsGetLock'],
    spec: `${docs}/files/getlock`,
    needs: ['scratch'],
    async run(world) {
      const answer = await (await world.scratch()).ask('getLock')
      expectStatus(answer, [200])
      expectLock(answer, '')
    },
  },
  {
    says: 'GetLock on a file that is held answers 200 and the id.',
    group: 'locks',
    covers: ['getLock'],
    promised: ['SupportsLocks', 'SupportsGetLock'],
    spec: `${docs}/files/getlock`,
    needs: ['scratch'],
    async run(world) {
      const lock = world.newLock()
      const answer = await (await locked(await world.scratch(), lock)).ask('getLock')
      expectStatus(answer, [200])
      expectLock(answer, lock)
    },
  },
  {
    says: 'A lock id of 1,024 characters is accepted where SupportsExtendedLockLength is promised.',
    group: 'locks',
    covers: ['lock'],
    promised: ['SupportsLocks', 'SupportsExtendedLockLength'],
    spec: `${docs}/files/lock`,
    needs: ['scratch'],
    async run(world) {
      const lock = world.newLock().padEnd(1024, 'x')
      const target = await world.scratch()
      expectStatus(await target.ask('lock', { lock }), [200])
      expectLock(await target.ask('unlock', { lock: world.newLock() }), lock)
    },
  },
  {
    says: 'A lock id of 1,025 characters is refused with 400.',
    group: 'locks',
    severity: 'should',
    covers: ['lock'],
    promised: ['SupportsLocks'],
    spec: `${docs}/files/lock`,
    needs: ['scratch'],
    async run(world) {
      const headers = { 'X-WOPI-Override': 'LOCK', 'X-WOPI-Lock': world.newLock().padEnd(1025, 'x') }
      expectStatus(await (await world.scratch()).send('POST', '', { headers }), [400])
    },
  },
  {
    says: 'A lock id that is not ASCII does not make the host fail.',
    group: 'locks',
    covers: ['lock'],
    promised: ['SupportsLocks'],
    spec: `${docs}/files/lock`,
    needs: ['scratch'],
    async run(world) {
      const headers = { 'X-WOPI-Override': 'LOCK', 'X-WOPI-Lock': `${world.newLock()}\u00e9` }
      expectStatus(await (await world.scratch()).send('POST', '', { headers }), [200, 400])
    },
  },
  {
    says: 'A lock keeps nobody from reading.',
    group: 'locks',
    covers: ['checkFileInfo', 'getFile', 'lock'],
    promised: ['SupportsLocks'],
    spec,
    needs: ['scratch'],
    async run(world) {
      const target = await locked(await world.scratch(), world.newLock())
      expectStatus(await target.ask('checkFileInfo'), [200], 'to CheckFileInfo')
      expectStatus(await target.ask('getFile'), [200], 'to GetFile')
    },
  },
  {
    says: 'A lock outlives a rename.',
    group: 'locks',
    covers: ['renameFile', 'lock'],
    promised: ['SupportsLocks', 'SupportsRename'],
    spec,
    needs: ['own'],
    async run(world) {
      const lock = world.newLock()
      const target = await locked(await world.scratch(), lock)
      given(await target.ask('renameFile', { lock, requestedName: world.workplace.newName('') }), 'RenameFile')
      await expectHeld(world, target, lock)
    },
  },
  {
    says: 'UnlockAndRelock ends the old lock: it unlocks nothing any more.',
    group: 'locks',
    covers: ['unlockAndRelock', 'unlock'],
    promised: ['SupportsLocks'],
    spec: `${docs}/files/unlockandrelock`,
    needs: ['scratch'],
    async run(world) {
      const [oldLock, lock] = [world.newLock(), world.newLock()]
      const target = await locked(await world.scratch(), oldLock)
      given(await target.ask('unlockAndRelock', { lock, oldLock }), 'UnlockAndRelock')
      const answer = await target.ask('unlock', { lock: oldLock })
      expectStatus(answer, [409])
      expectLock(answer, lock)
    },
  },
  {
    says: 'With SupportsLocks, lock ids of up to 1,024 characters are supported, as Office needs them.',
    group: 'locks',
    client: 'Microsoft 365',
    covers: ['checkFileInfo'],
    promised: ['SupportsLocks'],
    spec: `${docs}/files/checkfileinfo`,
    async run({ info }) {
      expectThat(says(info, 'SupportsExtendedLockLength'), 'SupportsExtendedLockLength: true', 'none')
    },
  },
]

/** What a lock means. */
export const locks: readonly Check[] = [...lockMatrix, ...lockIds, ...byHand, ...lockSequences]
