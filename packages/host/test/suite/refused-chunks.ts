import assert from 'node:assert/strict'
import { spookyHash } from '@openwopi/protocol/transfer'
import type { StoredFile } from '../../src/index.ts'
import type { On } from './index.ts'
import {
  body,
  chunkFrame,
  coauthLock,
  framed,
  idOf,
  messageFrame,
  openTogether,
  type Put,
  putChunked,
  putStreams,
  sendTransfer,
  signed,
} from './transfer.ts'
import { bytesOf, infoOf, lockIt, unlockIt, type World } from './world.ts'

/** What is refused, and changes nothing. */
export function refusedChunksSuite(on: On): void {
  const together = (name: string, run: (world: World) => Promise<void>) => on(name, run, { coauth: true })
  /** The file as it can be seen from outside. */
  const seen = async (world: World, file: StoredFile) => [await world.found(file), await world.textOf(file)]

  together('a save that starts from another state is 412 and is told the present one', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    for (const sequence of [0, (file.sequenceNumber ?? 0) - 1, (file.sequenceNumber ?? 0) + 1]) {
      const answer = await putStreams(world, file, { MainContent: 'two' }, { coauth: 'A', sequence })
      assert.deepEqual(
        [answer.status, answer.headers.get('X-WOPI-SequenceNumber'), await answer.text()],
        [412, String(file.sequenceNumber), ''],
      )
    }
    assert.equal(await world.textOf(file), 'one')
  })

  together('a lock that is not held counts before a state that is not the present one', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    assert.equal((await putStreams(world, file, { MainContent: 'two' }, { coauth: 'B', sequence: 0 })).status, 409)
    const body = bytesOf('no frames')
    assert.equal((await putChunked(world, file, { coauth: 'B', body })).status, 409)
    assert.equal((await putChunked(world, file, { coauth: 'A', sequence: 0, body })).status, 412)
    assert.equal((await putChunked(world, file, { coauth: 'A', body })).status, 400)
  })

  together('two locks, or a number that is missing, are 400', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    assert.equal((await putStreams(world, file, { MainContent: 'two' }, { coauth: 'A', lock: 'L' })).status, 400)
    for (const number of ['', 'x', '-1', '1.5']) {
      const headers = { 'X-WOPI-SequenceNumber': number }
      const answer = await putStreams(world, file, { MainContent: 'two' }, { coauth: 'A', headers })
      assert.equal(answer.status, 400, number)
      assert.ok(answer.headers.get('X-WOPI-FailureReason'))
    }
    const empty = await putStreams(world, file, { MainContent: 'two' }, { coauth: 'A', lock: '' })
    assert.equal(empty.status, 200)
  })

  together('a save whose chunks are not all there, or not what they are said to be, changes nothing', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const two = bytesOf('two')
    const entry = { ChunkId: idOf(two), Length: 3 }
    const of = (...ChunkSignatures: object[]) => [
      { StreamId: 'MainContent', ChunkingScheme: 'FullFile', ChunkSignatures },
    ]
    const message = (signatures: unknown) =>
      messageFrame({ ContentProperties: [], Signatures: signatures, UploadSessionTokenToCommit: null })
    const before = await seen(world, file)
    const puts: Record<string, Put> = {
      'a chunk that nobody has': { signatures: of(entry) },
      'a chunk of another length': { signatures: of({ ...entry, Length: 4 }), chunks: [two] },
      'a known chunk of another length': { signatures: of({ ChunkId: idOf(bytesOf('one')), Length: 4 }) },
      'a chunk that is said to be empty': { signatures: of({ ...entry, Length: 0 }) },
      'a chunk that is said to be empty, and is not': { signatures: of({ ...entry, Length: 0 }), chunks: [two] },
      'content that is not what its id says': {
        body: await body(message(of(entry)), chunkFrame(bytesOf('owt'), spookyHash(two))),
      },
      'content that is not what its id says, though it is not needed': {
        body: await body(message(of(entry)), chunkFrame(two), chunkFrame(bytesOf('x'), spookyHash(bytesOf('y')))),
      },
      'the last of several is wrong': {
        body: await body(
          message(of(entry, { ChunkId: idOf(bytesOf('x')), Length: 1 })),
          chunkFrame(two),
          chunkFrame(bytesOf('y'), spookyHash(bytesOf('x'))),
        ),
      },
      'an id that is none': { signatures: of({ ChunkId: 'two', Length: 3 }) },
      'one stream twice': { signatures: [...of(entry), ...of(entry)], chunks: [two] },
      'a range in place of a chunk': {
        body: await body(message(of(entry)), { ...chunkFrame(two), type: 'range', offset: 0, isEnd: true } as never),
      },
      'a length that is no length': { signatures: of({ ...entry, Length: -3 }), chunks: [two] },
      'lengths that no file has': {
        signatures: of({ ...entry, Length: 2 ** 53 - 1 }, { ...entry, ChunkId: idOf(bytesOf('x')), Length: 1 }),
      },
      'no message': { body: await body(chunkFrame(two)) },
      'no end': { body: await framed(message(of(entry)), chunkFrame(two)) },
    }
    for (const [what, put] of Object.entries(puts)) {
      const answer = await putChunked(world, file, { coauth: 'A', ...put })
      assert.equal(answer.status, 400, what)
      assert.ok(answer.headers.get('X-WOPI-FailureReason'), what)
    }
    assert.deepEqual(await seen(world, file), before)
    const after = await putChunked(world, file, { coauth: 'A', signatures: of(entry), chunks: [two] })
    assert.equal(after.status, 200)
  })

  together('a save that breaks off anywhere changes nothing', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const signatures = [await signed('MainContent', bytesOf('two'))]
    const message = { ContentProperties: [], Signatures: signatures, UploadSessionTokenToCommit: null }
    const whole = await body(messageFrame(message), chunkFrame(bytesOf('two')))
    const before = await seen(world, file)
    for (let length = 0; length < whole.length; length++) {
      const answer = await putChunked(world, file, { coauth: 'A', body: whole.slice(0, length) })
      assert.equal(answer.status, 400, `${length} bytes`)
    }
    assert.deepEqual(await seen(world, file), before)
    const trailing = new Uint8Array([...whole, 1, 2, 3])
    assert.equal((await putChunked(world, file, { coauth: 'A', body: trailing })).status, 200)
  })

  together('frames that claim lengths beyond all reason are 400 at once', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const signatures = [await signed('MainContent', bytesOf('two'))]
    const whole = await body(
      messageFrame({ ContentProperties: [], Signatures: signatures, UploadSessionTokenToCommit: null }),
      chunkFrame(bytesOf('two')),
    )
    for (const at of [8, whole.length - 16 - 3 - 16 - 8]) {
      for (const length of [2n ** 63n, 2n ** 64n - 1n, 2n ** 53n - 1n]) {
        const claimed = whole.slice()
        new DataView(claimed.buffer).setBigUint64(at, length)
        assert.equal((await putChunked(world, file, { coauth: 'A', body: claimed })).status, 400, `${at} ${length}`)
      }
    }
  })

  together('a lock that has gone while the chunks were on their way keeps the save out', async (world) => {
    const file = await world.make('a.docx', '')
    await lockIt(world, file, 'L')
    const { write } = world.storage
    Object.assign(world.storage, {
      write: async (...asked: Parameters<typeof write>) => {
        await unlockIt(world, file, 'L')
        await lockIt(world, file, 'M')
        return write(...asked)
      },
    })
    const answer = await putStreams(world, file, { MainContent: 'two', Alternate: 'x' }, { lock: 'L' })
    assert.deepEqual([answer.status, answer.headers.get('X-WOPI-Lock')], [409, 'M'])
    assert.equal(await world.textOf(file), '')
    assert.deepEqual((await world.streams.of(await world.found(file)))?.streams, [])
  })

  together(
    'a file that changes while its chunks are read is 412, and one that cannot be read is 500',
    async (world) => {
      const file = await openTogether(world, 'a.docx', 'one')
      await coauthLock(world, file, 'B')
      const { read } = world.storage
      const failing = (before: () => Promise<unknown>) =>
        Object.assign(world.storage, {
          read: async () =>
            (async function* () {
              Object.assign(world.storage, { read })
              await before()
              yield bytesOf('o')
              throw new Error('the disk is gone')
            })(),
        })
      const entry = { ChunkId: idOf(bytesOf('one')), Length: 3 }
      const signatures = [{ StreamId: 'Copy', ChunkingScheme: 'FullFile', ChunkSignatures: [entry] }]
      failing(async () => {})
      assert.equal((await putChunked(world, file, { coauth: 'A', signatures })).status, 500)
      assert.deepEqual((await world.found(file)).version, file.version)
      failing(() => putStreams(world, file, { MainContent: 'by B' }, { coauth: 'B' }))
      const answer = await putChunked(world, file, { coauth: 'A', signatures })
      assert.equal(answer.status, 412)
      assert.equal(answer.headers.get('X-WOPI-SequenceNumber'), String((await world.found(file)).sequenceNumber))
      assert.equal(await world.textOf(file), 'by B')
    },
  )

  together('of two saves that start from one state the second is 412', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    await coauthLock(world, file, 'B')
    const saves = ['A', 'B'].map((id) => putStreams(world, file, { MainContent: `by ${id}` }, { coauth: id }))
    const statuses = (await Promise.all(saves)).map(({ status }) => status)
    assert.deepEqual(statuses.sort(), [200, 412])
  })

  together('whoever may only read does not save', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const token = world.token(file, { can: ['read'] })
    assert.equal((await putStreams(world, file, { MainContent: 'two' }, { coauth: 'A', token })).status, 404)
  })

  on(
    'a stream that is larger than files may be is 413, sent or not',
    async (world) => {
      const file = await world.make('a.docx', '')
      const long = { ChunkId: idOf(bytesOf('x')), Length: 1001 }
      const signature = { StreamId: 'MainContent', ChunkingScheme: 'FullFile', ChunkSignatures: [long] }
      assert.equal((await putChunked(world, file, { signatures: [signature] })).status, 413)
      assert.equal((await putStreams(world, file, { MainContent: 'y'.repeat(1001) })).status, 413)
      // What it comes with does not count.
      assert.equal((await putStreams(world, file, { MainContent: 'y'.repeat(1000) })).status, 200)
    },
    { coauth: true, maxFileSize: 1000 },
  )

  together('ten thousand clients that have a file open hold up nobody', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const slot = await world.locks.read(file.id)
    const [first] = slot?.coauth ?? []
    assert.ok(slot && first)
    const coauth = Array.from({ length: 10_000 }, (_, index) => ({ ...first, id: `client ${index}` }))
    await world.locks.swap(file.id, slot, { ...slot, coauth })
    assert.equal((await putStreams(world, file, { MainContent: 'two' }, { coauth: 'client 9999' })).status, 200)
    assert.equal((await putStreams(world, file, { MainContent: 'two' }, { coauth: 'client 10000' })).status, 409)
  })

  on(
    'a host that lacks what it takes offers no chunks',
    async (world) => {
      const file = await world.make('a.docx', '')
      assert.equal((await putStreams(world, file, { MainContent: 'two' })).status, 501)
      assert.equal((await sendTransfer(world, file, { override: 'CREATE_UPLOAD_SESSION' })).status, 501)
      assert.ok(!('SupportsCoauth' in (await infoOf(world, file))))
    },
    { coauth: true, uploads: undefined } as object,
  )
}
