import type { StreamSignature } from '@openwopi/protocol/transfer'
import type { Check } from '../check.ts'
import { chunkFrame, framesIn, propertiesIn, signaturesIn, signed } from '../chunks.ts'
import { expectStatus, expectThat, given } from '../findings.ts'
import type { Target } from '../target.ts'
import { bytesOf, save, type World } from '../world.ts'
import { ask, filterOf } from './chunked-reads.ts'
import { expectText, heldTogether, mine, put, writes } from './put-in-chunks.ts'

const streamed = async (target: Target, StreamId: string) =>
  signaturesIn(await framesIn(await ask(target, [filterOf({ StreamId })])))[StreamId]?.ChunkSignatures.length

const kept = { Name: 'openwopi-kept', Value: 'a', Retention: 'KeepOnContentChange' } as const
const dropped = { Name: 'openwopi-dropped', Value: 'b', Retention: 'DeleteOnContentChange' } as const

const propertiesOf = async (target: Target) =>
  propertiesIn(await framesIn(await ask(target, [filterOf({ ChunksToReturn: 'None' })], [kept.Name, dropped.Name])))
    .map(({ Name, Value }) => `${Name}=${Value}`)
    .sort()
    .join(', ')

/** A file with an alternate stream and two content properties, which a client still holds. */
async function furnished(world: World) {
  const held = await heldTogether(world)
  const alternate = bytesOf('alternate')
  const answer = await put(held.target, {
    signatures: [await signed(alternate, 'Alternate')],
    frames: [chunkFrame(alternate)],
    properties: [kept, dropped],
    ...mine(held.id),
  })
  expectStatus(answer, [200], 'to PutChunkedFile of a stream besides the content')
  return held
}

/** What a file carries besides its content. */
export const contentStreams: readonly Check[] = [
  {
    ...writes,
    says: 'A stream besides the content is stored and leaves the content as it is.',
    async run(world) {
      const { target } = await furnished(world)
      expectThat((await streamed(target, 'Alternate')) === 1, 'one chunk', 'none')
      await expectText(target, 'in place')
    },
  },
  {
    ...writes,
    says: 'Content properties come back to whoever asks for them by name.',
    async run(world) {
      const { target } = await furnished(world)
      const expected = `${dropped.Name}=${dropped.Value}, ${kept.Name}=${kept.Value}`
      expectThat((await propertiesOf(target)) === expected, expected, (await propertiesOf(target)) || 'none')
    },
  },
  {
    ...writes,
    says: 'PutFile takes away other streams and the properties that go with a change, and keeps the others.',
    covers: ['putFile', 'getChunkedFile'],
    async run(world) {
      const { target, id } = await furnished(world)
      given(await target.ask('unlockCoauthLock', { id }), 'UnlockCoauthLock')
      given(await save(world, target, 'saved'), 'PutFile')
      expectThat((await streamed(target, 'Alternate')) === 0, 'no such stream', 'the stream')
      const expected = `${kept.Name}=${kept.Value}`
      expectThat((await propertiesOf(target)) === expected, expected, (await propertiesOf(target)) || 'none')
    },
  },
  {
    ...writes,
    says: 'A stream put without chunks is gone.',
    async run(world) {
      const { target, id } = await furnished(world)
      const empty: StreamSignature = { StreamId: 'Alternate', ChunkingScheme: 'FullFile', ChunkSignatures: [] }
      expectStatus(await put(target, { signatures: [empty], ...mine(id) }), [200])
      expectThat((await streamed(target, 'Alternate')) === 0, 'no such stream', 'the stream')
    },
  },
]
