import { chunkId, type Frame, inMemory, spookyHash, writeFrames } from '@openwopi/protocol/transfer'
import { expect, test } from 'vitest'
import { BadAnswer, bytesOf, createClient, pullChunked, signStream, uploadChunks } from '../../src/index.ts'
import { aRecorder } from '../a-server.ts'
import { memoryTarget } from './a-chunking-host.ts'

const hello = Buffer.from('hello')
const other = Buffer.from('other')

const message = (signature: object = {}, rest: object = {}): Frame => ({
  type: 'message',
  json: {
    ContentProperties: [],
    Signatures: [
      {
        StreamId: 'MainContent',
        ChunkingScheme: 'FullFile',
        ChunkSignatures: [{ ChunkId: chunkId(spookyHash(hello)), Length: 5 }],
        ...signature,
      },
    ],
    ...rest,
  },
})
const chunk = (bytes: Uint8Array, hash = spookyHash(bytes)): Frame => ({
  type: 'chunk',
  hash,
  length: bytes.length,
  content: inMemory(bytes).read(0, bytes.length),
})
const range: Frame = {
  type: 'range',
  hash: spookyHash(hello),
  offset: 1,
  length: 4,
  isEnd: true,
  content: inMemory(hello).read(1, 5),
}
const end: Frame = { type: 'end' }

/** A file whose host answers everything with these headers and this body. */
async function fileAt(body: Uint8Array | string, headers: Readonly<Record<string, string>> = {}) {
  const { url } = await aRecorder((_, res) => {
    res.writeHead(200, { 'X-WOPI-SequenceNumber': '1', 'X-WOPI-ItemVersion': 'v', ...headers }).end(body)
  })
  return createClient({ wopiSrc: `${url}/wopi/files/1`, accessToken: 't' })
}

const body = (...frames: Frame[]) => bytesOf(writeFrames(frames))

test('an answer in which all is well is taken', async () => {
  const into = memoryTarget()
  await pullChunked(await fileAt(await body(message(), chunk(hello), end)), { into })
  expect(into.bytes().toString()).toBe('hello')
})

test.each<[string, () => Promise<Uint8Array | string>]>([
  ['is no frame', async () => 'Not what you think it is'],
  ['is nothing', async () => ''],
  ['is empty JSON', async () => '{}'],
  ['has no signature', () => body(message({}, { Signatures: [] }), end)],
  ['has a signature of another stream', () => body(message({ StreamId: 'Other' }), end)],
  ['has no chunk', () => body(message(), end)],
  ['has another chunk', () => body(message(), chunk(other), end)],
  ['has a chunk twice', () => body(message(), chunk(hello), chunk(hello), end)],
  ['has a chunk that is not what its id says', () => body(message(), chunk(other, spookyHash(hello)), end)],
  ['has a chunk of another length', () => body(message(), chunk(Buffer.from('hello!'), spookyHash(hello)), end)],
  ['has a part of a chunk', () => body(message(), range, end)],
  ['has no end', () => body(message(), chunk(hello))],
  ['ends inside a chunk', async () => (await body(message(), chunk(hello))).subarray(0, -1)],
  ['begins with a chunk', () => body(chunk(hello), end)],
])('an answer is no document that %s', async (_, answer) => {
  const file = await fileAt(await answer())
  await expect(pullChunked(file, { into: memoryTarget() })).rejects.toThrow(BadAnswer)
})

test.each([
  ['more than was sent', '6'],
  ['less than was sent', '4'],
  ['nothing', '0'],
])('an upload breaks off when the host says that %s has arrived', async (_, offset) => {
  const session = { token: 't', sent: 0, total: 5 + 32 }
  const file = await fileAt('', { 'X-WOPI-UploadSessionCurrentOffset': offset })
  const content = await signStream(inMemory(hello))
  await expect(uploadChunks(file, { content, session })).rejects.toThrow(BadAnswer)
})
