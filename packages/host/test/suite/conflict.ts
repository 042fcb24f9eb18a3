import assert from 'node:assert/strict'
import { profiles, type Storage, type StoredFile } from '../../src/index.ts'
import type { On } from './index.ts'
import { content, infoOf, lockIt, putIt, slowly, timeOf, unlockIt, userOf, type World } from './world.ts'

const editors = { cool: profiles.collabora, onlyoffice: profiles.onlyoffice }

/** A program that writes into files behind the host's back, where the storage notices. */
function otherProgram({ storage }: World) {
  const { find, write } = storage
  const versions = new Set<string>()
  const mark = (file: StoredFile) => (versions.has(file.version) ? { ...file, changedOutside: true } : file)
  const marking: Pick<Storage, 'find' | 'write'> = {
    async find(id) {
      const present = await find(id)
      return present && mark(present)
    },
    write: (to, bytes, { decide, ...change }) =>
      write(to, bytes, { ...change, ...(decide && { decide: (present) => decide(mark(present)) }) }),
  }
  Object.assign(storage, marking)
  return async (file: StoredFile, text: string) => {
    const changed = await write((await find(file.id)) ?? file, content(text), { by: userOf('Outside') })
    versions.add(changed?.version ?? '')
  }
}

export function conflictSuite(on: On): void {
  on(
    'a file changed from outside under a lock is not overwritten: the saves go to one copy beside it',
    async (world) => {
      const changeOutside = otherProgram(world)
      const file = await world.make('report.txt', 'before')
      await lockIt(world, file, 'A')
      await changeOutside(file, 'by another program')
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
    const changeOutside = otherProgram(world)
    const file = await world.make('report.txt', 'before')
    await changeOutside(file, 'by another program')
    await lockIt(world, file, 'A')
    assert.equal((await putIt(world, file, 'mine', { lock: 'A' })).status, 200)
    assert.equal(await world.textOf(file), 'mine')
    await unlockIt(world, file, 'A')
  })

  on('refreshing the lock does not hide an outside change', async (world) => {
    const changeOutside = otherProgram(world)
    const file = await world.make('report.txt', 'before')
    await lockIt(world, file, 'A')
    await changeOutside(file, 'by another program')
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
      const changeOutside = otherProgram(world)
      const file = await world.make('report.txt', 'before')
      const token = world.token(file, { client: 'cool' })
      await lockIt(world, file, 'A', token)
      await changeOutside(file, 'by another program')
      assert.equal((await putIt(world, file, 'mine', { lock: 'A', token })).status, 200)
      assert.equal(await world.textOf(file), 'mine')
    },
    { clients: editors },
  )

  on(
    'an editor that does not understand 1010 gets a conflict copy whatever time it sends',
    async (world) => {
      const changeOutside = otherProgram(world)
      const file = await world.make('report.txt', 'before')
      const token = world.token(file, { client: 'onlyoffice' })
      await lockIt(world, file, 'A', token)
      await changeOutside(file, 'by another program')
      assert.equal(
        (await putIt(world, file, 'mine', { lock: 'A', token, headers: { 'X-LOOL-WOPI-Timestamp': 'old' } })).status,
        200,
      )
      assert.equal(await world.textOf(file), 'by another program')
    },
    { clients: editors },
  )

  on('a file that is changed from outside while it is being saved is not overwritten either', async (world) => {
    const changeOutside = otherProgram(world)
    const file = await world.make('report.txt', 'before')
    await lockIt(world, file, 'A')
    const { body, finish, begun } = slowly('my ', 'words')
    const saving = world.send(file, { override: 'PUT', path: '/contents', headers: { 'X-WOPI-Lock': 'A' }, body })
    await begun(world, file)
    await changeOutside(file, 'by another program')
    finish()
    assert.equal((await saving).status, 200)
    assert.equal(await world.textOf(file), 'by another program')
    const copy = world.events.at(-1)?.conflictCopy
    assert.ok(copy)
    assert.equal(await world.textOf(copy), 'my words')
    await putIt(world, file, 'more words', { lock: 'A' })
    assert.equal(await world.textOf(copy), 'more words')
  })

  on('a conflict copy that somebody has opened is left to them, and the saves go to another one', async (world) => {
    const changeOutside = otherProgram(world)
    const file = await world.make('report.txt', 'before')
    await lockIt(world, file, 'A')
    await changeOutside(file, 'by another program')
    await putIt(world, file, 'first save', { lock: 'A' })
    const copy = world.events.at(-1)?.conflictCopy
    assert.ok(copy)
    await lockIt(world, copy, 'B')
    await putIt(world, copy, 'merged', { lock: 'B' })
    assert.equal((await putIt(world, file, 'second save', { lock: 'A' })).status, 200)
    const other = world.events.at(-1)?.conflictCopy
    assert.ok(other && other.id !== copy.id)
    assert.deepEqual([await world.textOf(copy), await world.textOf(other)], ['merged', 'second save'])
  })

  on(
    'the last words of a session of Collabora go to a copy where they would overwrite an outside change',
    async (world) => {
      const changeOutside = otherProgram(world)
      const file = await world.make('report.txt', 'before')
      const token = world.token(file, { client: 'cool' })
      await lockIt(world, file, 'A', token)
      await changeOutside(file, 'by another program')
      const headers = { 'X-COOL-WOPI-Timestamp': timeOf(file), 'X-COOL-WOPI-IsExitSave': 'true' }
      assert.equal((await putIt(world, file, 'last words', { lock: 'A', token, headers })).status, 200)
      assert.equal(await world.textOf(file), 'by another program')
      const copy = world.events.at(-1)?.conflictCopy
      assert.equal(copy && (await world.textOf(copy)), 'last words')
    },
    { clients: editors },
  )
}
