import type { Check } from '../check.ts'
import { expectLock, expectStatus, expectThat, given } from '../findings.ts'
import { contentOf, locked } from '../world.ts'

const spec = 'https://learn.microsoft.com/microsoft-365/cloud-storage-partner-program/rest/files/deletefile'
const deletes = { group: 'delete', covers: ['deleteFile'], promised: ['SupportsDeleteFile'], needs: ['copy'], spec } as const

const gone = (['checkFileInfo', 'getFile', 'deleteFile'] as const).map(
  (name): Check => ({
    ...deletes,
    says: `${name.charAt(0).toUpperCase()}${name.slice(1)} on a file that was deleted answers 404.`,
    covers: ['deleteFile', name],
    async run(world) {
      const target = await world.scratch()
      given(await target.ask('deleteFile'), 'DeleteFile')
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
      expectStatus(await (await world.scratch()).ask('deleteFile'), [200])
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
      const answer = await target.ask('deleteFile')
      expectStatus(answer, [409])
      expectLock(answer, lock)
      const text = new TextDecoder().decode(await contentOf(target))
      expectThat(text === 'kept', 'the content "kept"', `"${text}"`)
    },
  },
]
