import type { Answer } from '../answer.ts'
import type { Check } from '../check.ts'
import { CannotRun, expectLock, expectStatus, expectThat, given } from '../findings.ts'
import type { Target } from '../target.ts'
import { contentOf, locked } from '../world.ts'

const spec = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest/files/deletefile'
const deletes = {
  group: 'delete',
  covers: ['deleteFile'],
  promised: ['SupportsDeleteFile'],
  needs: ['own'],
  spec,
} as const

/** Deletes a file. No property says whether a user may; one who may not is told that there is none. */
async function remove(target: Target): Promise<Answer> {
  const answer = await target.ask('deleteFile')
  if (![401, 404].includes(answer.status)) return answer
  const { status } = await target.ask('checkFileInfo')
  throw new CannotRun(status === 200 ? 'The user of this token may not delete.' : 'The file is gone already.')
}

const gone = (['checkFileInfo', 'getFile', 'deleteFile'] as const).map(
  (name): Check => ({
    ...deletes,
    says: `${name.charAt(0).toUpperCase()}${name.slice(1)} on a file that was deleted answers 404.`,
    covers: ['deleteFile', name],
    async run(world) {
      const target = await world.scratch()
      given(await remove(target), 'DeleteFile')
      // A host may take back the token together with the file.
      expectStatus(await target.ask(name), [401, 404])
    },
  }),
)

/** The end of files. */
export const deleting: readonly Check[] = [
  {
    ...deletes,
    says: 'DeleteFile on a file that nobody holds succeeds.',
    async run(world) {
      expectStatus(await remove(await world.scratch()), [200])
    },
  },
  ...gone,
  {
    ...deletes,
    says: 'DeleteFile on a file that is held is refused with 409, which names the lock, and the file stays.',
    promised: ['SupportsDeleteFile', 'SupportsLocks'],
    async run(world) {
      const lock = world.newLock()
      const target = await locked(await world.scratch('kept'), lock)
      const answer = await remove(target)
      expectStatus(answer, [409])
      expectLock(answer, lock)
      const text = new TextDecoder().decode(await contentOf(target))
      expectThat(text === 'kept', 'the content "kept"', `"${text}"`)
    },
  },
]
