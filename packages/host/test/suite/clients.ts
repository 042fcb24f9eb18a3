import assert from 'node:assert/strict'
import { profiles, type StoredFile } from '../../src/index.ts'
import type { On } from './index.ts'
import { content, infoOf, lockIt, putIt, unlockIt, userOf, type World } from './world.ts'

const clients = { cool: profiles.collabora, oo: profiles.onlyoffice, office: profiles.microsoft365 }

/** What Collabora 22.05 does when its last user leaves. */
async function unlockThenSave(
  world: World,
  file: StoredFile,
  between: () => Promise<unknown> = async () => {},
  client = 'cool',
) {
  const token = world.token(file, { client })
  await lockIt(world, file, 'A', token)
  assert.equal((await unlockIt(world, file, 'A', token)).status, 200)
  await between()
  const headers = { 'X-COOL-WOPI-IsExitSave': 'true', 'X-COOL-WOPI-IsModifiedByUser': 'true' }
  return putIt(world, file, 'last words', { lock: 'A', token: world.token(file, { client }), headers })
}

export function clientsSuite(on: On): void {
  on(
    'a save that Collabora sends just after its unlock is stored',
    async (world) => {
      const file = await world.make('a.txt', 'before')
      assert.equal((await unlockThenSave(world, file)).status, 200)
      assert.equal(await world.textOf(file), 'last words')
      assert.equal(world.events.at(-1)?.afterUnlock, true)
    },
    { clients },
  )

  on(
    'a save after unlock is refused to every other client',
    async (world) => {
      for (const client of ['oo', 'office', 'unheard-of']) {
        const file = await world.make(`${client}.txt`, 'before')
        const answer = await unlockThenSave(world, file, undefined, client)
        assert.deepEqual([answer.status, answer.headers.get('X-WOPI-Lock')], [409, ''], client)
        assert.equal(await world.textOf(file), 'before')
      }
    },
    { clients },
  )

  on(
    'a save after unlock is refused once somebody has locked, written or waited',
    async (world) => {
      const late = await world.make('late.txt', 'before')
      assert.equal(
        (
          await unlockThenSave(world, late, async () => {
            world.clock.now += 15_000
          })
        ).status,
        409,
      )
      const locked = await world.make('locked.txt', 'before')
      assert.equal(
        (await unlockThenSave(world, locked, () => lockIt(world, locked, 'B'))).headers.get('X-WOPI-Lock'),
        'B',
      )
      const came = await world.make('came-and-went.txt', 'before')
      const visit = async () => {
        await lockIt(world, came, 'B')
        await unlockIt(world, came, 'B')
      }
      assert.equal((await unlockThenSave(world, came, visit)).status, 409)
      const written = await world.make('written.txt', 'before')
      const write = async () =>
        world.storage.write(await world.found(written), content('somebody else'), { by: userOf('Bob') })
      assert.equal((await unlockThenSave(world, written, write)).status, 409)
      assert.equal(await world.textOf(written), 'somebody else')
    },
    { clients },
  )

  on(
    'a save after unlock is refused with a lock that was never held',
    async (world) => {
      const file = await world.make('a.txt', 'before')
      const token = world.token(file, { client: 'cool' })
      await lockIt(world, file, 'A', token)
      await unlockIt(world, file, 'A', token)
      assert.equal((await putIt(world, file, 'x', { lock: 'B', token })).status, 409)
      assert.equal((await putIt(world, file, 'x', { token })).status, 409)
    },
    { clients },
  )

  on(
    'bytes that Collabora puts again without a change of its user make no new version',
    async (world) => {
      const file = await world.make('a.txt', 'same')
      await lockIt(world, file, 'A')
      const answer = await putIt(world, file, 'same', {
        lock: 'A',
        headers: { 'X-COOL-WOPI-IsModifiedByUser': 'false' },
      })
      assert.equal(answer.headers.get('X-WOPI-ItemVersion'), file.version)
    },
    { clients },
  )

  on(
    'each client is told what it reads',
    async (world) => {
      const file = await world.make('a.txt', 'x')
      const info = (client: string) => infoOf(world, file, world.token(file, { client }))
      assert.equal((await info('oo'))['FileUrl'], undefined)
      assert.equal((await info('oo'))['SupportsReviewing'], true)
      assert.equal((await info('cool'))['EnableShare'], true)
      assert.equal((await info('office'))['EnableShare'], undefined)
      assert.equal((await info('office'))['FileUrl'], 'https://files.example/1')
      for (const client of ['cool', 'oo', 'office'])
        assert.equal((await info(client))['UserCanNotWriteRelative'], false, client)
    },
    { clients, describe: () => ({ FileUrl: 'https://files.example/1', FileSharingPostMessage: true }) },
  )

  on(
    'ONLYOFFICE fills an empty file before it locks it',
    async (world) => {
      const file = await world.make('new.docx')
      const token = world.token(file, { client: 'oo' })
      assert.equal(
        (await putIt(world, file, 'template', { token, headers: { 'X-WOPI-Editors': 'idAnn' } })).status,
        200,
      )
      assert.equal((await lockIt(world, file, file.id, token)).status, 200)
    },
    { clients },
  )
}
