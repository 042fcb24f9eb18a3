import type { Answer } from '../answer.ts'
import type { Check } from '../check.ts'
import { CannotRun, expectLock, expectStatus, expectThat, given } from '../findings.ts'
import type { Target } from '../target.ts'
import { docs } from '../words.ts'
import { bytesOf, locked, textIn, type World } from '../world.ts'
import { idsIn, join } from './coauth-locks.ts'
import { expectHeld } from './expect-held.ts'

const ends = {
  group: 'expiry',
  promised: ['SupportsLocks'],
  needs: ['copies', 'time'],
  spec: `${docs.rest}/concepts#lock`,
} as const
const together = { ...ends, promised: ['SupportsCoauth'], spec: `${docs.plus}/getcoauthlock` } as const

const seconds = 1000
const minutes = 60 * seconds

async function passing(world: World, milliseconds: number): Promise<void> {
  if (!world.pass) throw new CannotRun('Nobody said that there is time to wait.')
  await world.pass(milliseconds)
}

interface Held {
  readonly target: Target
  readonly lock: string
}

async function held(world: World): Promise<Held> {
  const lock = world.newLock()
  const target = await world.workplace.openKept('in place')
  await locked(target, lock)
  return { target, lock }
}

/** Locks of which some were renewed, as they were after 29 minutes and as they are after 31. */
const halfAnHour = (world: World) =>
  world.scene('half an hour', async () => {
    const [left, refreshed, relocked, again] = [
      await held(world),
      await held(world),
      await held(world),
      await held(world),
    ]
    await passing(world, 29 * minutes)
    const before = await left.target.ask('lock', { lock: world.newLock() })
    const next = world.newLock()
    await refreshed.target.ask('refreshLock', { lock: refreshed.lock })
    await again.target.ask('lock', { lock: again.lock })
    await relocked.target.ask('unlockAndRelock', { lock: next, oldLock: relocked.lock })
    await passing(world, 2 * minutes)
    return { left, refreshed, again, relocked: { target: relocked.target, lock: next }, before }
  })

/** What is left of co-authoring locks of 60 seconds after 40 and another 30. */
const oneMinute = (world: World) =>
  world.scene('a minute', async () => {
    const target = await world.workplace.openKept('in place')
    const [stays, goes] = [world.newLock(), world.newLock()]
    given(await join(target, stays, 'Coauth', { expiresIn: 60 }), 'GetCoauthLock')
    const first = given(await join(target, goes, 'Coauth', { expiresIn: 60 }), 'GetCoauthLock')
    await passing(world, 40 * seconds)
    given(await target.ask('refreshCoauthLock', { id: stays, expiresIn: 60 }), 'RefreshCoauthLock')
    await passing(world, 30 * seconds)
    return { target, stays, goes, first, after: await target.ask('getCoauthTable') }
  })

const versionIn = (answer: Answer) => answer.headers.get('X-WOPI-CoauthTableVersion')

const renewals = [
  ['refreshed', 'RefreshLock', 'refreshLock'],
  ['again', 'Lock with the same id', 'lock'],
  ['relocked', 'UnlockAndRelock', 'unlockAndRelock'],
] as const

/** Locks that nobody renews. */
export const expiry: readonly Check[] = [
  {
    ...ends,
    says: 'A lock holds for 29 minutes.',
    covers: ['lock'],
    async run(world) {
      const { left, before } = await halfAnHour(world)
      expectStatus(before, [409])
      expectLock(before, left.lock)
    },
  },
  ...renewals.map(
    ([which, title, operation]): Check => ({
      ...ends,
      says: `A lock holds for another half hour after ${title}.`,
      covers: [operation],
      async run(world) {
        const { [which]: renewed } = await halfAnHour(world)
        await expectHeld(world, renewed.target, renewed.lock)
      },
    }),
  ),
  {
    ...ends,
    says: 'A lock that nobody renewed is gone after half an hour: RefreshLock is refused and anybody may lock.',
    covers: ['lock', 'refreshLock'],
    async run(world) {
      const { left } = await halfAnHour(world)
      const refreshed = await left.target.ask('refreshLock', { lock: left.lock })
      expectStatus(refreshed, [409], 'to RefreshLock with the old id')
      expectLock(refreshed, '')
      await expectHeld(world, left.target, undefined)
    },
  },
  {
    ...ends,
    says: 'What a lock of long ago would save is not taken.',
    covers: ['putFile'],
    promised: ['SupportsLocks', 'SupportsUpdate'],
    async run(world) {
      const { left } = await halfAnHour(world)
      await left.target.release()
      expectStatus(await left.target.ask('putFile', { lock: left.lock, content: bytesOf('late') }), [409])
      expectThat((await textIn(left.target)) === 'in place', 'the content "in place"', 'another')
    },
  },
  {
    ...together,
    says: 'A client that does not renew its co-authoring lock is gone from the table when its time is over.',
    covers: ['getCoauthTable', 'getCoauthLock'],
    async run(world) {
      const { after, goes } = await oneMinute(world)
      expectStatus(after, [200])
      expectThat(!idsIn(after).includes(goes), 'no row for it', 'its row')
    },
  },
  {
    ...together,
    says: 'A client that renews its co-authoring lock stays in the table.',
    covers: ['refreshCoauthLock', 'getCoauthTable'],
    async run(world) {
      const { after, stays } = await oneMinute(world)
      expectThat(idsIn(after).includes(stays), stays, idsIn(after).join(', ') || 'none')
    },
  },
  {
    ...together,
    says: 'A row whose time is over gives the table another version.',
    covers: ['getCoauthTable'],
    async run(world) {
      const { first, after } = await oneMinute(world)
      expectThat(versionIn(first) !== versionIn(after), 'another version', 'the same')
    },
  },
  {
    ...together,
    says: 'RefreshCoauthLock is refused with 409 once the time of the lock is over.',
    covers: ['refreshCoauthLock'],
    async run(world) {
      const { target, goes } = await oneMinute(world)
      expectStatus(await target.ask('refreshCoauthLock', { id: goes, expiresIn: 60 }), [409])
    },
  },
]
