import { jsonOf } from '../answer.ts'
import type { Check } from '../check.ts'
import { expectStatus, expectThat, given } from '../findings.ts'
import type { Target } from '../target.ts'
import type { World } from '../world.ts'

const spec = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest/files/putuserinfo'
const remembers = { group: 'user-info', covers: ['putUserInfo'], promised: ['SupportsUserInfo'], spec } as const

const infoOf = async (target: Target): Promise<unknown> =>
  jsonOf(given(await target.ask('checkFileInfo'), 'CheckFileInfo'))?.['UserInfo'] ?? ''

/** Runs with another user information, and puts back the one that was there. */
async function withInfo(world: World, userInfo: string, look: () => Promise<void>): Promise<void> {
  try {
    expectStatus(await world.file.ask('putUserInfo', { userInfo }), [200])
    await look()
  } finally {
    await world.file.ask('putUserInfo', { userInfo: String(world.info['UserInfo'] ?? '') })
  }
}

const texts: readonly (readonly [what: string, text: string])[] = [
  ['of a few characters', 'openwopi check: {"a": "b"}'],
  ['of 1,024 characters', 'u'.repeat(1024)],
]

/** What the host remembers of a user. */
export const userInfo: readonly Check[] = [
  ...texts.map(
    ([what, text]): Check => ({
      ...remembers,
      says: `User information ${what} comes back as it was put.`,
      covers: ['putUserInfo', 'checkFileInfo'],
      async run(world) {
        await withInfo(world, text, async () => {
          const found = await infoOf(world.file)
          expectThat(found === text, `"${text}"`, `"${String(found)}"`)
        })
      },
    }),
  ),
  {
    ...remembers,
    says: 'User information is that of the user, on whatever file.',
    needs: ['copies'],
    async run(world) {
      const other = await world.scratch()
      await withInfo(world, 'openwopi check', async () => {
        const found = await infoOf(other)
        expectThat(found === 'openwopi check', '"openwopi check"', `"${String(found)}"`)
      })
    },
  },
  {
    ...remembers,
    says: 'User information of 1,025 characters is refused with 400.',
    severity: 'should',
    async run(world) {
      const answer = await world.file.ask('putUserInfo', { userInfo: '' }, { body: 'u'.repeat(1025) })
      await world.file.ask('putUserInfo', { userInfo: String(world.info['UserInfo'] ?? '') })
      expectStatus(answer, [400, 413])
    },
  },
]
