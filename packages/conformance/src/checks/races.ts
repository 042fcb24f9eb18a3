import { encodeUtf7 } from '@openwopi/protocol'
import { type Answer, jsonOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { CannotRun, expectStatus, expectThat } from '../findings.ts'
import type { Target } from '../target.ts'
import { docs } from '../words.ts'
import { bytesOf, contentOf, isSame, locked, says, textIn, type World } from '../world.ts'
import { expectHeld } from './expect-held.ts'
import { fileInfoOf } from './named-in.ts'

const spec = `${docs.rest}/concepts#lock`
const races = { group: 'races', promised: ['SupportsLocks'], needs: ['scratch'], spec } as const

const rounds = 8

/** Again and again: one race that went well proves little. */
async function repeatedly(race: () => Promise<void>): Promise<void> {
  for (let round = 0; round < rounds; round++) await race()
}

const statusesOf = (answers: readonly Answer[]) => `statuses ${answers.map(({ status }) => status).join(', ')}`

function expectOneWinner(answers: readonly Answer[]): void {
  const winners = answers.filter(({ status }) => status === 200).length
  const others = answers.filter(({ status }) => status === 409).length
  const isRight = winners === 1 && others === answers.length - 1
  expectThat(isRight, `status 200 once and 409 for the rest of ${answers.length}`, statusesOf(answers))
}

const tenAtOnce = <T>(make: (at: number) => Promise<T>) => Promise.all(Array.from({ length: 10 }, (_, at) => make(at)))

async function lockIfAny(world: World, target: Target): Promise<Readonly<Record<string, unknown>>> {
  if (!says(world.info, 'SupportsLocks')) return {}
  const lock = world.newLock()
  await locked(target, lock)
  return { lock }
}

const large = Uint8Array.from({ length: 256 * 1024 }, (_, at) => (at * 31 + (at >> 8)) % 256)

/** What happens at the same time. */
export const racing: readonly Check[] = [
  {
    ...races,
    says: 'Of two Locks with different ids at the same time, one wins.',
    covers: ['lock'],
    async run(world) {
      await repeatedly(async () => {
        const target = await world.scratch()
        const answers = await Promise.all([1, 2].map(() => target.ask('lock', { lock: world.newLock() })))
        expectOneWinner(answers)
        await target.release()
      })
    },
  },
  {
    ...races,
    says: 'Of ten Locks with different ids at the same time, one wins.',
    covers: ['lock'],
    async run(world) {
      const target = await world.scratch()
      expectOneWinner(await tenAtOnce(() => target.ask('lock', { lock: world.newLock() })))
    },
  },
  {
    ...races,
    says: 'Of ten UnlockAndRelocks from one lock at the same time, one wins.',
    covers: ['unlockAndRelock'],
    async run(world) {
      const oldLock = world.newLock()
      const target = await locked(await world.scratch(), oldLock)
      expectOneWinner(await tenAtOnce(() => target.ask('unlockAndRelock', { lock: world.newLock(), oldLock })))
    },
  },
  {
    ...races,
    says: 'Of UnlockAndRelock and Unlock of the same lock at the same time, one wins, and the lock is as that one left it.',
    covers: ['unlockAndRelock', 'unlock'],
    async run(world) {
      await repeatedly(async () => {
        const [oldLock, lock] = [world.newLock(), world.newLock()]
        const target = await locked(await world.scratch(), oldLock)
        const [relocked, unlocked] = await Promise.all([
          target.ask('unlockAndRelock', { lock, oldLock }),
          target.ask('unlock', { lock: oldLock }),
        ])
        expectOneWinner([relocked, unlocked])
        await expectHeld(world, target, relocked.status === 200 ? lock : undefined)
        await target.release()
      })
    },
  },
  {
    ...races,
    says: 'Of ten Unlocks of one lock at the same time, one wins.',
    covers: ['unlock'],
    async run(world) {
      const lock = world.newLock()
      const target = await locked(await world.scratch(), lock)
      expectOneWinner(await tenAtOnce(() => target.ask('unlock', { lock })))
    },
  },
  {
    ...races,
    says: 'PutFile at the same time as Unlock is done whole or refused.',
    covers: ['putFile', 'unlock'],
    async run(world) {
      await repeatedly(async () => {
        const lock = world.newLock()
        const target = await locked(await world.scratch('before'), lock)
        const [saved] = await Promise.all([
          target.ask('putFile', { lock, content: bytesOf('after') }),
          target.ask('unlock', { lock }),
        ])
        expectStatus(saved, [200, 409], 'to PutFile')
        const [expected, found] = [saved.status === 200 ? 'after' : 'before', await textIn(target)]
        expectThat(found === expected, `the content "${expected}"`, `"${found}"`)
        await target.release()
      })
    },
  },
  {
    ...races,
    says: 'Of two PutFiles at the same time with the same lock, one content is there whole.',
    covers: ['putFile'],
    promised: ['SupportsUpdate'],
    spec: `${docs.rest}/files/putfile`,
    async run(world) {
      const [one, two] = [large, large.map((byte) => byte ^ 255)]
      await repeatedly(async () => {
        const target = await world.scratch('before')
        const input = await lockIfAny(world, target)
        await Promise.all([one, two].map((content) => target.ask('putFile', { ...input, content })))
        const found = await contentOf(target)
        expectThat(isSame(found, one) || isSame(found, two), 'one of the two contents', 'a mixture, or neither')
        await target.release()
      })
    },
  },
  {
    ...races,
    says: 'Each of ten PutFiles at the same time that succeeds has a version of its own.',
    covers: ['putFile'],
    promised: ['SupportsUpdate'],
    spec: `${docs.rest}/files/putfile`,
    async run(world) {
      const target = await world.scratch('before')
      const input = await lockIfAny(world, target)
      const answers = await tenAtOnce((at) => target.ask('putFile', { ...input, content: bytesOf(`content ${at}`) }))
      const versions = answers
        .filter(({ status }) => status === 200)
        .map(({ headers }) => headers.get('X-WOPI-ItemVersion') ?? '')
      if (versions.includes('')) throw new CannotRun('PutFile says no X-WOPI-ItemVersion.')
      expectThat(new Set(versions).size === versions.length, 'no version twice', versions.join(', '))
      const { Version } = await fileInfoOf(target)
      expectThat(versions.includes(String(Version)), `one of ${versions.join(', ')}`, `Version ${String(Version)}`)
    },
  },
  {
    ...races,
    says: 'GetFile during PutFile answers the old content whole or the new one.',
    covers: ['getFile', 'putFile'],
    promised: ['SupportsUpdate'],
    spec: `${docs.rest}/files/getfile`,
    async run(world) {
      const [one, two] = [large, large.map((byte) => byte ^ 255)]
      const target = await world.scratch(one)
      const input = await lockIfAny(world, target)
      await repeatedly(async () => {
        const [, ...reads] = await Promise.all([
          target.ask('putFile', { ...input, content: two }),
          ...[1, 2, 3].map(() => target.ask('getFile')),
        ])
        const torn = reads.filter(({ status, bytes }) => status === 200 && !isSame(bytes, one) && !isSame(bytes, two))
        expectThat(torn.length === 0, 'one of the two contents', `${torn.length} mixtures`)
        await target.ask('putFile', { ...input, content: one })
      })
    },
  },
  {
    ...races,
    says: 'Of five PutRelativeFiles for exactly the same name at the same time, one makes the file.',
    covers: ['putRelativeFile'],
    promised: ['SupportsUpdate'],
    needs: ['own'],
    spec: `${docs.rest}/files/putrelativefile`,
    async run(world) {
      const headers = { 'X-WOPI-RelativeTarget': encodeUtf7(world.workplace.newName()) }
      const content = bytesOf('openwopi check')
      const asked = Array.from({ length: 5 }, () => world.file.ask('putRelativeFile', { content }, { headers }))
      const answers = await Promise.all(asked)
      for (const answer of answers) if (jsonOf(answer)?.['Url'] !== undefined) world.workplace.adopt(answer)
      expectOneWinner(answers)
    },
  },
]
