import assert from 'node:assert/strict'
import type { StoredFile } from '../../src/index.ts'
import type { On } from './index.ts'
import {
  body,
  chunkFrame,
  filter,
  framed,
  getChunked,
  idOf,
  messageFrame,
  openTogether,
  putStreams,
  sendTransfer,
  signed,
  streamOf,
  zipOf,
} from './transfer.ts'
import { bytesOf, putIt, type World } from './world.ts'

const slides = { 'a.xml': 'first', 'b.xml': 'second', 'c.xml': 'third' }

export function getChunkedFileSuite(on: On): void {
  const together = (name: string, run: (world: World) => Promise<void>) => on(name, run, { coauth: true })

  together('GetChunkedFile names all chunks of an archive and sends them', async (world) => {
    const zip = zipOf(slides)
    const file = await openTogether(world, 'a.pptx', zip)
    const { answer, Signatures, frames } = await getChunked(world, file)
    assert.equal(answer.headers.get('X-WOPI-SequenceNumber'), String(file.sequenceNumber))
    assert.equal(answer.headers.get('X-WOPI-ItemVersion'), file.version)
    assert.deepEqual(Signatures, [await signed('MainContent', zip)])
    assert.equal(Signatures[0]?.ChunkSignatures.length, 7)
    for (const { id, bytes } of frames) assert.equal(idOf(bytes), id)
    assert.equal(await streamOf(world, file), Buffer.from(zip).toString())
  })

  together('the host cuts by what is in a file, whatever scheme it is asked for', async (world) => {
    const archive = await openTogether(world, 'a.docx', zipOf(slides))
    const plain = await openTogether(world, 'b.docx', 'plain')
    const schemeOf = async (file: StoredFile, scheme: 'Zip' | 'FullFile') =>
      (await getChunked(world, file, [{ scheme }])).Signatures[0]?.ChunkingScheme
    assert.deepEqual(
      [await schemeOf(archive, 'FullFile'), await schemeOf(plain, 'Zip'), await schemeOf(archive, 'Zip')],
      ['Zip', 'FullFile', 'Zip'],
    )
  })

  together('a client is sent what it asks for and does not know', async (world) => {
    const file = await openTogether(world, 'a.pptx', zipOf(slides))
    await putStreams(world, file, { Other: zipOf({ x: 'y' }), Plain: 'plain' }, { coauth: 'A' })
    const all = await getChunked(world, file, [{}, { id: 'Other' }, { id: 'Plain' }])
    const ids = all.Signatures.flatMap(({ ChunkSignatures }) => ChunkSignatures.map(({ ChunkId }) => ChunkId))
    assert.deepEqual(
      all.frames.map(({ id }) => id),
      ids,
    )
    const count = async (...wanted: Parameters<typeof getChunked>[2] & object) =>
      (await getChunked(world, file, wanted)).frames.length
    assert.equal(await count({ return: 'None' }), 0)
    assert.equal(await count({ known: ids }), 0)
    assert.equal(await count({ known: ids.slice(2) }), 2)
    assert.equal(await count({ return: 'LastZipChunk' }, { id: 'Other', return: 'LastZipChunk' }), 2)
    assert.equal(await count({ id: 'Plain', return: 'LastZipChunk' }), 0)
    const { Signatures, frames } = await getChunked(world, file, [{ return: 'LastZipChunk' }])
    assert.equal(frames[0]?.id, Signatures[0]?.ChunkSignatures.at(-1)?.ChunkId)
  })

  together('a chunk that occurs several times is sent once', async (world) => {
    const file = await openTogether(world, 'a.pptx', zipOf({ a: 'same bytes', b: 'same bytes' }))
    await putStreams(world, file, { Other: 'same bytes' }, { coauth: 'A' })
    const { Signatures, frames } = await getChunked(world, file, [{}, { id: 'Other' }])
    const ids = Signatures.flatMap(({ ChunkSignatures }) => ChunkSignatures.map(({ ChunkId }) => ChunkId))
    assert.equal(ids.filter((id) => id === idOf(bytesOf('same bytes'))).length, 3)
    assert.equal(frames.length, new Set(ids).size)
  })

  together('a stream that is not there has no chunks, and nor has a file that is empty', async (world) => {
    const file = await world.make('a.docx', '')
    const { Signatures, frames } = await getChunked(world, file, [{ id: 'None' }, {}])
    assert.deepEqual(Signatures, [
      { StreamId: 'None', ChunkingScheme: 'Zip', ChunkSignatures: [] },
      { StreamId: 'MainContent', ChunkingScheme: 'FullFile', ChunkSignatures: [] },
    ])
    assert.equal(frames.length, 0)
  })

  together('GetChunkedFile shows what any other operation has saved', async (world) => {
    const file = await world.make('a.docx', '')
    assert.equal(await streamOf(world, file), '')
    await putIt(world, file, 'from PutFile')
    assert.equal(await streamOf(world, file), 'from PutFile')
  })

  together('a file that has not changed is not read again to be hashed', async (world) => {
    const file = await openTogether(world, 'a.pptx', zipOf(slides))
    await getChunked(world, file)
    const { read } = world.storage
    let reads = 0
    Object.assign(world.storage, {
      read: (...asked: Parameters<typeof read>) => {
        reads++
        return read(...asked)
      },
    })
    await getChunked(world, file, [{ return: 'None' }])
    assert.equal(reads, 0)
  })

  together('those who ask for a file at the same time wait for one reading', async (world) => {
    const file = await world.make('a.docx', '')
    await putIt(world, file, 'x'.repeat(100_000))
    const { read } = world.storage
    let bytes = 0
    Object.assign(world.storage, {
      read: (of: StoredFile, range: { start: number; end: number }) => {
        bytes += range.end - range.start
        return read(of, range)
      },
    })
    await Promise.all(Array.from({ length: 10 }, () => getChunked(world, file, [{ return: 'None' }])))
    assert.ok(bytes < 300_000, `${bytes} bytes are read`)
  })

  together('a save that lands on the way does not mix states', async (world) => {
    const file = await openTogether(world, 'a.docx', 'before')
    const { read } = world.storage
    let isSaved = false
    Object.assign(world.storage, {
      async read(...asked: Parameters<typeof read>) {
        const content = await read(...asked)
        if (!isSaved) {
          isSaved = true
          await putStreams(world, file, { MainContent: 'after' }, { coauth: 'A' })
        }
        return content
      },
    })
    const { answer, Signatures, frames } = await getChunked(world, file)
    assert.equal(answer.headers.get('X-WOPI-ItemVersion'), (await world.found(file)).version)
    assert.equal(Signatures[0]?.ChunkSignatures[0]?.ChunkId, idOf(bytesOf('after')))
    assert.equal(Buffer.from(frames[0]?.bytes ?? []).toString(), 'after')
  })

  together('a request for chunks that cannot be read is 400 and says why', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const message = (filters: unknown, properties: unknown = []) =>
      body(messageFrame({ ContentPropertiesToReturn: properties, ContentFilters: filters }))
    const bodies = {
      'no body': new Uint8Array(),
      'no filter': await message([]),
      'one stream twice': await message([filter(), filter()]),
      'a member that is missing': await body(messageFrame({ ContentFilters: [filter()] })),
      'a scheme that is none': await message([{ ...filter(), ChunkingScheme: 'Rar' }]),
      'properties that are none': await message([filter()], 'all'),
      'no end': await framed(messageFrame({ ContentPropertiesToReturn: [], ContentFilters: [filter()] })),
      'a chunk besides': await body(
        messageFrame({ ContentPropertiesToReturn: [], ContentFilters: [filter()] }),
        chunkFrame(bytesOf('x')),
      ),
      'JSON alone': bytesOf('{"ContentPropertiesToReturn":[],"ContentFilters":[]}'),
    }
    for (const [what, sent] of Object.entries(bodies)) {
      const answer = await sendTransfer(world, file, { override: 'GET_CHUNKED_FILE', body: sent })
      assert.equal(answer.status, 400, what)
      assert.ok(answer.headers.get('X-WOPI-FailureReason'), what)
    }
  })

  together('a request for chunks that breaks off anywhere is 400', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const whole = await body(messageFrame({ ContentPropertiesToReturn: [], ContentFilters: [filter()] }))
    for (let length = 0; length < whole.length; length++) {
      const answer = await sendTransfer(world, file, { override: 'GET_CHUNKED_FILE', body: whole.slice(0, length) })
      assert.equal(answer.status, 400, `${length} bytes`)
    }
  })
}
