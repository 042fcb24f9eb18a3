import assert from 'node:assert/strict'
import { profiles, type StoredFile } from '../../src/index.ts'
import type { On } from './index.ts'
import { content, infoOf, lockIt, putIt, unlockIt, userOf, type World } from './world.ts'

const editors = { cool: profiles.collabora, onlyoffice: profiles.onlyoffice }

/** Another program writes into the file, and the storage notices. */
async function changeOutside(world: World, file: StoredFile, text: string): Promise<void> {
  await world.storage.write(await world.found(file), content(text), { by: userOf('Outside') })
  const outside = await world.found(file)
  const { find } = world.storage
  Object.assign(world.storage, {
    find: async (id: string) => {
      const present = await find(id)
      return present?.version === outside.version ? { ...present, changedOutside: true } : present
    },
  })
}

export function conflictSuite(on: On): void {
  on(
    'a file changed from outside under a lock is not overwritten: the saves go to one copy beside it',
    async (world) => {
      const file = await world.make('report.txt', 'before')
      await lockIt(world, file, 'A')
      await changeOutside(world, file, 'by another program')
      for (const text of ['first save', 'second save'])
        assert.equal((await putIt(world, file, text, { lock: 'A' })).status, 200)
      assert.equal(await world.textOf(file), 'by another program')
      const copy = await world.storage.child('root', 'report (conflict 2026-01-01 Ann).txt')
      assert.ok(copy)
      assert.equal(await world.textOf(copy), 'second save')
      assert.equal(world.events.at(-1)?.conflictCopy?.id, copy.id)
    },
  )

  on('an outside change before the lock was taken is no conflict', async (world) => {
    const file = await world.make('report.txt', 'before')
    await changeOutside(world, file, 'by another program')
    await lockIt(world, file, 'A')
    assert.equal((await putIt(world, file, 'mine', { lock: 'A' })).status, 200)
    assert.equal(await world.textOf(file), 'mine')
    await unlockIt(world, file, 'A')
  })

  on('refreshing the lock does not hide an outside change', async (world) => {
    const file = await world.make('report.txt', 'before')
    await lockIt(world, file, 'A')
    await changeOutside(world, file, 'by another program')
    await lockIt(world, file, 'A')
    await world.send(file, { override: 'LOCK', headers: { 'X-WOPI-Lock': 'B', 'X-WOPI-OldLock': 'A' } })
    await putIt(world, file, 'mine', { lock: 'B' })
    assert.equal(await world.textOf(file), 'by another program')
  })

  on(
    'a client that sends the time it knows is told 409 and 1010 when that is not the time of the file',
    async (world) => {
      const file = await world.make('report.txt', 'before')
      const token = world.token(file, { client: 'cool' })
      const known = String((await infoOf(world, file, token))['LastModifiedTime'])
      await lockIt(world, file, 'A', token)
      for (const name of ['X-COOL-WOPI-Timestamp', 'X-LOOL-WOPI-Timestamp']) {
        for (const time of ['2001-01-01T00:00:00Z', '']) {
          const answer = await putIt(world, file, 'mine', { lock: 'A', token, headers: { [name]: time } })
          assert.equal(answer.status, 409)
          assert.deepEqual(await answer.json(), { COOLStatusCode: 1010, LOOLStatusCode: 1010 })
        }
      }
      assert.equal(await world.textOf(file), 'before')
      const answer = await putIt(world, file, 'mine', { lock: 'A', token, headers: { 'X-COOL-WOPI-Timestamp': known } })
      const { LastModifiedTime } = (await answer.json()) as { LastModifiedTime: string }
      const next = await putIt(world, file, 'mine too', {
        lock: 'A',
        token,
        headers: { 'X-COOL-WOPI-Timestamp': LastModifiedTime },
      })
      assert.equal(next.status, 200)
    },
    { clients: editors },
  )

  on(
    'a user of Collabora who chooses to overwrite an outside change does',
    async (world) => {
      const file = await world.make('report.txt', 'before')
      const token = world.token(file, { client: 'cool' })
      await lockIt(world, file, 'A', token)
      await changeOutside(world, file, 'by another program')
      assert.equal((await putIt(world, file, 'mine', { lock: 'A', token })).status, 200)
      assert.equal(await world.textOf(file), 'mine')
    },
    { clients: editors },
  )

  on(
    'an editor that does not understand 1010 gets a conflict copy whatever time it sends',
    async (world) => {
      const file = await world.make('report.txt', 'before')
      const token = world.token(file, { client: 'onlyoffice' })
      await lockIt(world, file, 'A', token)
      await changeOutside(world, file, 'by another program')
      assert.equal(
        (await putIt(world, file, 'mine', { lock: 'A', token, headers: { 'X-LOOL-WOPI-Timestamp': 'old' } })).status,
        200,
      )
      assert.equal(await world.textOf(file), 'by another program')
    },
    { clients: editors },
  )
}
