import { type Answer, jsonOf, wordsOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { CannotRun, expectThat, given } from '../findings.ts'
import type { Target } from '../target.ts'
import { save } from '../world.ts'

const spec = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest/files/checkfileinfo#version'

const versionIn = (answer: Answer): string | null => answer.headers.get('X-WOPI-ItemVersion')

const versionOf = async (target: Target): Promise<string> =>
  String(jsonOf(given(await target.ask('checkFileInfo'), 'CheckFileInfo'))?.['Version'])

const expectVersion = (answer: Answer, version: string) =>
  expectThat(
    versionIn(answer) === version,
    `X-WOPI-ItemVersion ${version}`,
    `${versionIn(answer)} (${wordsOf(answer)})`,
  )

/** Which content a version stands for. */
export const versions: readonly Check[] = [
  {
    says: 'GetFile says the version that CheckFileInfo says.',
    group: 'versions',
    covers: ['getFile'],
    spec,
    async run({ file }) {
      expectVersion(given(await file.ask('getFile'), 'GetFile'), await versionOf(file))
    },
  },
  {
    says: 'Lock and Unlock say the version that CheckFileInfo says.',
    group: 'versions',
    covers: ['lock', 'unlock'],
    promised: ['SupportsLocks'],
    needs: ['scratch'],
    spec,
    async run(world) {
      const [target, lock] = [await world.scratch(), world.newLock()]
      const version = await versionOf(target)
      expectVersion(given(await target.ask('lock', { lock }), 'Lock'), version)
      expectVersion(given(await target.ask('unlock', { lock }), 'Unlock'), version)
    },
  },
  {
    says: 'PutFile says the version that CheckFileInfo says afterwards.',
    group: 'versions',
    covers: ['putFile', 'checkFileInfo'],
    promised: ['SupportsUpdate'],
    needs: ['scratch'],
    spec,
    async run(world) {
      const target = await world.scratch('before')
      const answer = given(await save(world, target, 'after'), 'PutFile')
      expectVersion(answer, await versionOf(target))
    },
  },
  ...(['other bytes', 'the same bytes'] as const).map(
    (what): Check => ({
      says: `Each PutFile with ${what} makes a version that the file never had.`,
      group: 'versions',
      covers: ['putFile'],
      promised: ['SupportsUpdate'],
      needs: ['scratch'],
      spec,
      async run(world) {
        const target = await world.scratch('same')
        const seen = [await versionOf(target)]
        for (const round of [1, 2, 3]) {
          given(await save(world, target, what === 'other bytes' ? `other ${round % 2}` : 'same'), 'PutFile')
          seen.push(await versionOf(target))
        }
        expectThat(new Set(seen).size === seen.length, 'four versions', seen.join(', '))
      },
    }),
  ),
  {
    says: 'Neither reading nor locking a file changes its version.',
    group: 'versions',
    covers: ['lock', 'getFile', 'unlock'],
    promised: ['SupportsLocks'],
    needs: ['scratch'],
    spec,
    async run(world) {
      const [target, lock] = [await world.scratch(), world.newLock()]
      const before = await versionOf(target)
      given(await target.ask('lock', { lock }), 'Lock')
      given(await target.ask('getFile'), 'GetFile')
      given(await target.ask('unlock', { lock }), 'Unlock')
      const after = await versionOf(target)
      expectThat(after === before, before, after)
    },
  },
  {
    says: 'A PutFile that is refused leaves the version as it was.',
    group: 'versions',
    covers: ['putFile'],
    promised: ['SupportsLocks'],
    needs: ['scratch'],
    spec,
    async run(world) {
      const target = await world.scratch('in place')
      given(await target.ask('lock', { lock: world.newLock() }), 'Lock')
      const before = await versionOf(target)
      const refusal = await target.ask('putFile', { lock: world.newLock(), content: new Uint8Array(1) })
      if (refusal.status === 200) throw new CannotRun('PutFile with another lock was not refused.')
      const after = await versionOf(target)
      expectThat(after === before, before, after)
    },
  },
]
