import assert from 'node:assert/strict'
import type { On } from './index.ts'
import { body, getRanges, idOf, messageFrame, openTogether, putStreams, sendTransfer, zipOf } from './transfer.ts'
import { bytesOf, type World } from './world.ts'

export function getChunksSuite(on: On): void {
  const together = (name: string, run: (world: World) => Promise<void>) => on(name, run, { coauth: true })
  const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString()

  together('GetChunks sends stretches of chunks and says where chunks end', async (world) => {
    const file = await openTogether(world, 'a.pptx', zipOf({ a: '0123456789' }))
    const ChunkId = idOf(bytesOf('0123456789'))
    const { answer, ChunkRangeCollection, frames } = await getRanges(world, file, [
      { ChunkId, Offset: 0, Length: 4 },
      { ChunkId, Offset: 4, Length: -1 },
    ])
    assert.equal(answer.headers.get('X-WOPI-SequenceNumber'), String(file.sequenceNumber))
    assert.equal(answer.headers.get('X-WOPI-ItemVersion'), file.version)
    assert.deepEqual(ChunkRangeCollection, [{ StreamId: 'MainContent', ChunkIds: [ChunkId] }])
    assert.deepEqual(
      frames.map(({ id, bytes, offset, isEnd }) => [id, text(bytes), offset, isEnd]),
      [
        [ChunkId, '0123', 0, false],
        [ChunkId, '456789', 4, true],
      ],
    )
  })

  together('chunks that the file no longer has are left out', async (world) => {
    const file = await openTogether(world, 'a.pptx', 'one')
    await putStreams(world, file, { MainContent: 'two' }, { coauth: 'A' })
    const asked = [bytesOf('one'), bytesOf('two')].map((bytes) => ({ ChunkId: idOf(bytes), Offset: 0, Length: -1 }))
    const { answer, ChunkRangeCollection, frames } = await getRanges(world, file, asked)
    assert.equal(answer.headers.get('X-WOPI-SequenceNumber'), String((await world.found(file)).sequenceNumber))
    assert.deepEqual(ChunkRangeCollection[0]?.ChunkIds, [idOf(bytesOf('two'))])
    assert.equal(frames.length, 1)
    const none = await getRanges(world, file, asked, 'None')
    assert.deepEqual([none.ChunkRangeCollection[0]?.ChunkIds, none.frames.length], [[], 0])
  })

  together('a stretch that goes on behind its chunk ends there, and one that begins there is 400', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const ChunkId = idOf(bytesOf('one'))
    const { frames } = await getRanges(world, file, [{ ChunkId, Offset: 1, Length: Number.MAX_SAFE_INTEGER }])
    assert.equal(text(frames[0]?.bytes), 'ne')
    const ask = async (...ranges: unknown[]) => {
      const filters = [{ StreamId: 'MainContent', ChunkingScheme: 'Zip', ChunkRangesToReturn: ranges }]
      return sendTransfer(world, file, {
        override: 'GET_CHUNKS',
        body: await body(messageFrame({ ContentFilters: filters })),
      })
    }
    for (const ranges of [
      [{ ChunkId, Offset: 4, Length: 1 }],
      [{ ChunkId, Offset: -1, Length: 1 }],
      [{ ChunkId, Offset: 0, Length: -2 }],
      [{ ChunkId, Offset: 0.5, Length: 1 }],
      [{ ChunkId, Offset: 2 ** 63, Length: 1 }],
      [{ ChunkId, Offset: 0 }],
      // Ranges that overlap.
      [
        { ChunkId, Offset: 1, Length: -1 },
        { ChunkId, Offset: 0, Length: 2 },
      ],
    ]) {
      const answer = await ask(...ranges)
      assert.equal(answer.status, 400, JSON.stringify(ranges))
      assert.ok(answer.headers.get('X-WOPI-FailureReason'))
    }
  })
}
