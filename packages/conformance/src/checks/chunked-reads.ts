import type { ChunksToReturn, ContentFilter } from '@openwopi/protocol/transfer'
import type { Check } from '../check.ts'
import { bodyOf, chunksIn, type Framed, framesIn, idOf, signaturesIn, signed } from '../chunks.ts'
import { expectStatus, expectThat } from '../findings.ts'
import { storedZip } from '../stored-zip.ts'
import type { Target } from '../target.ts'
import { docs, shown } from '../words.ts'
import { bytesOf, type World } from '../world.ts'
import { fileInfoOf } from './named-in.ts'

const reads = {
  group: 'transfer',
  covers: ['getChunkedFile'],
  promised: ['SupportsCoauth'],
  needs: ['own'],
  spec: `${docs.plus}/file-transfer/get-chunked-file`,
} as const
const pieces = {
  ...reads,
  covers: ['getChunks'],
  promised: ['SupportsCoauth', 'SupportsResumableFileTransfer'],
  spec: `${docs.plus}/file-transfer/get-chunks`,
} as const

/** A file that is cut at its entries. */
export const archive = storedZip({
  'first.xml': bytesOf('<first/>'.repeat(40)),
  'second.xml': bytesOf('<second/>'.repeat(60)),
})

/** What a client asks of a stream unless it says otherwise: everything. */
export const filterOf = (change: Partial<ContentFilter> = {}): ContentFilter => ({
  StreamId: 'MainContent',
  ChunkingScheme: 'Zip',
  ChunksToReturn: 'All',
  AlreadyKnownChunks: [],
  ...change,
})

/** Asks for streams of a file, and for content properties by their names. */
export async function ask(target: Target, filters: readonly ContentFilter[], names: readonly string[] = []) {
  const content = await bodyOf({ ContentPropertiesToReturn: names, ContentFilters: filters })
  return target.ask('getChunkedFile', { content })
}

const idsIn = ({ chunks }: Framed) => chunks.map(({ id }) => id)

const expectIds = (framed: Framed, ids: readonly string[]) =>
  expectThat(
    [...idsIn(framed)].sort().join() === [...ids].sort().join(),
    `${ids.length} chunks: ${ids.join(', ')}`,
    `${framed.chunks.length}: ${idsIn(framed).join(', ')}`,
  )

const schemes: readonly (readonly [what: string, content: Uint8Array, asked: 'Zip' | 'FullFile', found: string])[] = [
  ['an archive asked for as Zip', archive, 'Zip', 'Zip'],
  ['an archive asked for as FullFile', archive, 'FullFile', 'Zip'],
  ['other content asked for as Zip', bytesOf('openwopi check'), 'Zip', 'FullFile'],
  ['other content asked for as FullFile', bytesOf('openwopi check'), 'FullFile', 'FullFile'],
]

const signatures = schemes.map(
  ([what, content, ChunkingScheme, found]): Check => ({
    ...reads,
    says: `GetChunkedFile of ${what} answers the signature of a ${found}, chunk by chunk.`,
    async run(world) {
      const framed = await framesIn(await ask(await world.scratch(content), [filterOf({ ChunkingScheme })]))
      const [came, expected] = [signaturesIn(framed)['MainContent'], await signed(content)]
      const isRight = came?.ChunkingScheme === found && shown(came.ChunkSignatures) === shown(expected.ChunkSignatures)
      expectThat(isRight, shown(expected), shown(came))
    },
  }),
)

const wanted: readonly (readonly [what: ChunksToReturn, pick: (ids: readonly string[]) => readonly string[]])[] = [
  ['All', (ids) => ids],
  ['None', () => []],
  ['LastZipChunk', (ids) => ids.slice(-1)],
]

const chosen = wanted.map(
  ([ChunksToReturn, pick]): Check => ({
    ...reads,
    says: `GetChunkedFile that returns ${ChunksToReturn} answers those chunks of an archive and no others.`,
    async run(world) {
      const framed = await framesIn(await ask(await world.scratch(archive), [filterOf({ ChunksToReturn })]))
      expectIds(framed, pick((await chunksIn(archive)).map(idOf)))
    },
  }),
)

const message = { ContentPropertiesToReturn: [], ContentFilters: [filterOf()] }

const malformed: readonly (readonly [what: string, make: () => Promise<Uint8Array>])[] = [
  ['no filter', () => bodyOf({ ...message, ContentFilters: [] })],
  ['two filters for one stream', () => bodyOf({ ...message, ContentFilters: [filterOf(), filterOf()] })],
  ['no ContentFilters', () => bodyOf({ ContentPropertiesToReturn: [] })],
  ['no ContentPropertiesToReturn', () => bodyOf({ ContentFilters: [filterOf()] })],
  ['a body that is cut off', async () => (await bodyOf(message)).slice(0, 40)],
  ['a body that is no frames', async () => bytesOf(JSON.stringify(message))],
  ['an empty body', async () => new Uint8Array()],
]

const refused = malformed.map(
  ([what, make]): Check => ({
    ...reads,
    says: `GetChunkedFile with ${what} is refused with 400.`,
    async run(world) {
      expectStatus(await (await world.scratch()).ask('getChunkedFile', { content: await make() }), [400])
    },
  }),
)

async function stretchesOf(world: World, ranges: readonly object[]): Promise<Framed> {
  const target = await world.scratch(archive)
  const filter = { StreamId: 'MainContent', ChunkingScheme: 'Zip', ChunkRangesToReturn: ranges }
  return framesIn(await target.ask('getChunks', { content: await bodyOf({ ContentFilters: [filter] }) }))
}

const stretches: readonly (readonly [what: string, offset: number, length: number])[] = [
  ['the beginning of a chunk', 0, 10],
  ['the middle of a chunk', 5, 10],
  ['a chunk to its end', 5, -1],
]

const ranged = stretches.map(
  ([what, Offset, Length]): Check => ({
    ...pieces,
    says: `GetChunks answers ${what}.`,
    async run(world) {
      const chunk = (await chunksIn(archive))[1] ?? new Uint8Array()
      const framed = await stretchesOf(world, [{ ChunkId: idOf(chunk), Offset, Length }])
      const expected = chunk.slice(Offset, Length < 0 ? undefined : Offset + Length)
      const [came] = framed.chunks
      const isRight = came !== undefined && came.offset === Offset && shown([...came.bytes]) === shown([...expected])
      expectThat(isRight, `${expected.length} bytes from ${Offset}`, `${came?.bytes.length} bytes from ${came?.offset}`)
      expectThat(came.isEnd === Length < 0, `flag ${Length < 0 ? 1 : 0}`, `flag ${came.isEnd ? 1 : 0}`)
    },
  }),
)

/** Files that are read in pieces. */
export const chunkedReads: readonly Check[] = [
  ...signatures,
  ...chosen,
  {
    ...reads,
    says: 'GetChunkedFile leaves out the chunks that the client knows.',
    async run(world) {
      const [first = '', ...rest] = (await chunksIn(archive)).map(idOf)
      const framed = await framesIn(
        await ask(await world.scratch(archive), [filterOf({ AlreadyKnownChunks: [first] })]),
      )
      expectIds(framed, rest)
    },
  },
  {
    ...reads,
    says: 'GetChunkedFile sends a chunk that occurs twice in a file once.',
    async run(world) {
      const same = bytesOf('<same/>'.repeat(50))
      const twice = storedZip({ 'one.xml': same, 'two.xml': same })
      const framed = await framesIn(await ask(await world.scratch(twice), [filterOf()]))
      expectIds(framed, [...new Set((await chunksIn(twice)).map(idOf))])
    },
  },
  {
    ...reads,
    says: 'The chunks of GetChunkedFile in the order of the signature are the file, byte for byte.',
    async run(world) {
      const framed = await framesIn(await ask(await world.scratch(archive), [filterOf()]))
      const byId = new Map(framed.chunks.map(({ id, bytes }) => [id, bytes]))
      const ids = signaturesIn(framed)['MainContent']?.ChunkSignatures.map(({ ChunkId }) => ChunkId) ?? []
      const bytes = ids.flatMap((id) => [...(byId.get(id) ?? [])])
      expectThat(bytes.join() === archive.join(), `the ${archive.length} bytes of the file`, `${bytes.length} bytes`)
    },
  },
  {
    ...reads,
    says: 'GetChunkedFile of a stream that the file does not have answers a signature without chunks.',
    async run(world) {
      const StreamId = 'openwopi-check'
      const framed = await framesIn(await ask(await world.scratch(), [filterOf({ StreamId })]))
      const came = signaturesIn(framed)[StreamId]
      expectThat(came?.ChunkSignatures.length === 0, 'ChunkSignatures: []', shown(came))
    },
  },
  {
    ...reads,
    says: 'GetChunkedFile says the version that CheckFileInfo says, and the number that GetSequenceNumber answers.',
    covers: ['getChunkedFile', 'getSequenceNumber', 'checkFileInfo'],
    async run(world) {
      const target = await world.scratch()
      const { headers } = (await framesIn(await ask(target, [filterOf()]))).answer
      const number = (await target.ask('getSequenceNumber')).headers.get('X-WOPI-SequenceNumber')
      const expected = `${number} ${String((await fileInfoOf(target))['Version'])}`
      const came = `${headers.get('X-WOPI-SequenceNumber')} ${headers.get('X-WOPI-ItemVersion')}`
      expectThat(came === expected, expected, came)
    },
  },
  ...refused,
  ...ranged,
  {
    ...pieces,
    says: 'GetChunks leaves out a chunk that the file does not have.',
    async run(world) {
      const framed = await stretchesOf(world, [{ ChunkId: idOf(bytesOf('no such chunk')), Offset: 0, Length: -1 }])
      expectThat(framed.chunks.length === 0, 'no chunk', `${framed.chunks.length}`)
    },
  },
]
