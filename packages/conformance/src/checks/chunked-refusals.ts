import { spookyHash } from '@openwopi/protocol/transfer'
import type { Answer } from '../answer.ts'
import type { Check } from '../check.ts'
import { chunkFrame, signed } from '../chunks.ts'
import { expectStatus } from '../findings.ts'
import type { Target } from '../target.ts'
import { bytesOf, type World } from '../world.ts'
import { expectText, heldTogether, mine, putWhole, writes } from './put-in-chunks.ts'

const changed = bytesOf('changed')

interface Refusal {
  readonly says: string
  readonly status: number
  readonly put: (world: World) => Promise<readonly [Target, Answer]>
}

const refusals: readonly Refusal[] = [
  {
    says: 'PutChunkedFile on a file that nobody holds and that is not empty is refused with 409.',
    status: 409,
    async put(world) {
      const target = await world.scratch('in place')
      return [target, await putWhole(target, changed)]
    },
  },
  {
    says: 'PutChunkedFile by a client that does not hold the file together with the others is refused with 409.',
    status: 409,
    async put(world) {
      const { target } = await heldTogether(world)
      return [target, await putWhole(target, changed, mine(world.newLock()))]
    },
  },
  {
    says: 'PutChunkedFile with the number of an earlier content is refused with 412.',
    status: 412,
    async put(world) {
      const { target, id } = await heldTogether(world)
      return [target, await putWhole(target, changed, { ...mine(id), sequenceNumber: 0 })]
    },
  },
  {
    says: 'PutChunkedFile with both kinds of lock is refused with 400.',
    status: 400,
    async put(world) {
      const { target, id } = await heldTogether(world)
      const headers = { 'X-WOPI-CoauthLockId': id, 'X-WOPI-Lock': world.newLock() }
      return [target, await putWhole(target, changed, { headers })]
    },
  },
  {
    says: 'PutChunkedFile that names a chunk that neither came nor was there is refused with 400.',
    status: 400,
    async put(world) {
      const { target, id } = await heldTogether(world)
      return [target, await putWhole(target, changed, { ...mine(id), frames: [] })]
    },
  },
  {
    says: 'PutChunkedFile with a chunk that is not what its hash says is refused with 400.',
    status: 400,
    async put(world) {
      const { target, id } = await heldTogether(world)
      return [
        target,
        await putWhole(target, changed, { ...mine(id), frames: [chunkFrame(bytesOf('chanced'), spookyHash(changed))] }),
      ]
    },
  },
  {
    says: 'PutChunkedFile whose signature says another length than the chunk has is refused with 400.',
    status: 400,
    async put(world) {
      const { target, id } = await heldTogether(world)
      const signature = await signed(changed)
      const ChunkSignatures = signature.ChunkSignatures.map((chunk) => ({ ...chunk, Length: chunk.Length + 1 }))
      return [target, await putWhole(target, changed, { ...mine(id), signatures: [{ ...signature, ChunkSignatures }] })]
    },
  },
]

/** What PutChunkedFile refuses, and then leaves as it is. */
export const chunkedRefusals: readonly Check[] = refusals.map(
  ({ says, status, put: attempt }): Check => ({
    ...writes,
    says,
    async run(world) {
      const [target, answer] = await attempt(world)
      expectStatus(answer, [status])
      await expectText(target, 'in place')
    },
  }),
)
