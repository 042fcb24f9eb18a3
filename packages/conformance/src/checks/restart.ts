import { jsonOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { CannotRun, expectStatus, expectThat, given } from '../findings.ts'
import type { Target } from '../target.ts'
import { docs, shown } from '../words.ts'
import { contentOf, isSame, locked, save, says, type World } from '../world.ts'
import { idsIn, join } from './coauth-locks.ts'
import { expectHeld } from './expect-held.ts'
import { fileInfoOf } from './named-in.ts'

const survives = {
  group: 'restart',
  needs: ['copies', 'restart'],
  promised: ['SupportsUpdate'],
  spec: `${docs.rest}/concepts`,
} as const

const content = Uint8Array.from({ length: 200_000 }, (_, at) => (at * 7 + (at >> 9)) % 256)
const userInfo = 'openwopi check: restart'

async function lockedFile(world: World): Promise<{ readonly target: Target; readonly lock: string } | undefined> {
  if (!says(world.info, 'SupportsLocks')) return undefined
  const [target, lock] = [await world.workplace.openKept('locked'), world.newLock()]
  return { target: await locked(target, lock), lock }
}

async function sharedFile(world: World): Promise<{ readonly target: Target; readonly id: string } | undefined> {
  if (!says(world.info, 'SupportsCoauth')) return undefined
  const [target, id] = [await world.workplace.openKept('together'), world.newLock()]
  given(await join(target, id), 'GetCoauthLock')
  return { target, id }
}

async function withUserInfo(world: World): Promise<unknown> {
  if (!says(world.info, 'SupportsUserInfo')) return undefined
  given(await world.file.ask('putUserInfo', { userInfo }), 'PutUserInfo')
  return userInfo
}

/** What there was before the host was started anew, once it has been. */
const restarted = (world: World) =>
  world.scene('restart', async () => {
    if (!world.restart) throw new CannotRun('Nobody said how to start the host anew.')
    const saved = await world.workplace.openKept('before')
    const gone = await world.workplace.openKept('to be deleted')
    given(await save(world, saved, content), 'PutFile')
    const before = await fileInfoOf(saved)
    const [lock, shared] = [await lockedFile(world), await sharedFile(world)]
    given(await gone.ask('deleteFile'), 'DeleteFile')
    const info = await withUserInfo(world)
    await world.restart()
    const found = info === undefined ? undefined : jsonOf(await world.file.ask('checkFileInfo'))?.['UserInfo']
    if (info !== undefined) await world.file.ask('putUserInfo', { userInfo: String(world.info['UserInfo'] ?? '') })
    return { saved, before, lock, shared, gone, info, found }
  })

const same = ['BaseFileName', 'Size', 'Version', 'LastModifiedTime', 'OwnerId', 'UserId'].map(
  (name): Check => ({
    ...survives,
    says: `CheckFileInfo says the same ${name} after a restart as before.`,
    covers: ['checkFileInfo'],
    async run(world) {
      const { saved, before } = await restarted(world)
      const after = (await fileInfoOf(saved))[name]
      expectThat(after === before[name], shown(before[name]), shown(after))
    },
  }),
)

/** What a host still knows after it was started anew. */
export const restart: readonly Check[] = [
  {
    ...survives,
    says: 'A save that was answered with 200 is there after a restart, byte for byte.',
    covers: ['putFile', 'getFile'],
    async run(world) {
      const found = await contentOf((await restarted(world)).saved)
      expectThat(
        isSame(found, content),
        `the ${content.byteLength} bytes sent`,
        `${found.byteLength} bytes, not the same`,
      )
    },
  },
  ...same,
  {
    ...survives,
    says: 'A lock holds after a restart.',
    covers: ['lock'],
    promised: ['SupportsLocks'],
    async run(world) {
      const { lock } = await restarted(world)
      if (!lock) throw new CannotRun('The host has no locks.')
      await expectHeld(world, lock.target, lock.lock)
    },
  },
  {
    ...survives,
    says: 'A co-authoring lock holds after a restart.',
    covers: ['getCoauthTable'],
    promised: ['SupportsCoauth'],
    async run(world) {
      const { shared } = await restarted(world)
      if (!shared) throw new CannotRun('The host has no co-authoring locks.')
      const ids = idsIn(await shared.target.ask('getCoauthTable'))
      expectThat(ids.includes(shared.id), shared.id, ids.join(', ') || 'none')
    },
  },
  {
    ...survives,
    says: 'A save after a restart makes a version that the file never had.',
    covers: ['putFile'],
    async run(world) {
      const { saved, before } = await restarted(world)
      given(await save(world, saved, 'after'), 'PutFile')
      const { Version } = await fileInfoOf(saved)
      expectThat(Version !== before['Version'], 'another version', shown(Version))
    },
  },
  {
    ...survives,
    says: 'A file that was deleted stays so after a restart.',
    covers: ['deleteFile'],
    promised: ['SupportsDeleteFile'],
    async run(world) {
      expectStatus(await (await restarted(world)).gone.ask('checkFileInfo'), [401, 404])
    },
  },
  {
    ...survives,
    says: 'User information is there after a restart.',
    covers: ['putUserInfo'],
    promised: ['SupportsUserInfo'],
    async run(world) {
      const { info, found } = await restarted(world)
      expectThat(found === info, shown(info), shown(found))
    },
  },
  {
    ...survives,
    says: 'The token that opened a file opens it after a restart.',
    covers: ['checkFileInfo'],
    async run(world) {
      await restarted(world)
      const answer = await world.file.ask('checkFileInfo')
      expectStatus(answer, [200])
      expectThat(jsonOf(answer) !== undefined, 'a JSON object', 'none')
    },
  },
]
