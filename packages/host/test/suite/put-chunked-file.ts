import assert from 'node:assert/strict'
import { spookyHash } from '@openwopi/protocol/transfer'
import type { StoredFile } from '../../src/index.ts'
import type { On } from './index.ts'
import {
  body,
  chunkFrame,
  chunksIn,
  coauthLock,
  framed,
  getChunked,
  idOf,
  messageFrame,
  openTogether,
  type Put,
  putChunked,
  putStreams,
  sendTransfer,
  signed,
  streamOf,
  zipOf,
} from './transfer.ts'
import { bytesOf, infoOf, lockIt, putIt, unlockIt, type World } from './world.ts'

const day = 24 * 60 * 60_000

export function putChunkedFileSuite(on: On): void {
  const together = (name: string, run: (world: World) => Promise<void>) => on(name, run, { coauth: true })

  together('a new file is filled in chunks', async (world) => {
    const file = await world.make('a.pptx', '')
    const zip = zipOf({ 'a.xml': 'first', 'b.xml': 'second' })
    const answer = await putStreams(world, file, { MainContent: zip }, { headers: { 'X-WOPI-Editors': 'idAnn,idBob' } })
    assert.equal(answer.status, 200)
    assert.equal(await answer.text(), '')
    const saved = await world.found(file)
    assert.ok((saved.sequenceNumber ?? 0) > (file.sequenceNumber ?? 0))
    assert.equal(answer.headers.get('X-WOPI-SequenceNumber'), String(saved.sequenceNumber))
    assert.equal(answer.headers.get('X-WOPI-ItemVersion'), saved.version)
    assert.equal((await infoOf(world, file))['Version'], saved.version)
    assert.equal(await world.textOf(file), Buffer.from(zip).toString())
    const told = world.events.find(({ operation }) => operation === 'putChunkedFile')?.save
    assert.deepEqual(told, { editors: ['idAnn', 'idBob'], version: saved.version })
  })

  together('only what has changed is sent', async (world) => {
    const file = await openTogether(world, 'a.pptx', zipOf({ a: 'first', b: 'second', c: 'third' }))
    const { Signatures } = await getChunked(world, file)
    const known = new Set(Signatures[0]?.ChunkSignatures.map(({ ChunkId }) => ChunkId))
    const zip = zipOf({ a: 'first', b: 'other!', c: 'third' })
    const chunks = (await chunksIn(zip)).filter((chunk) => !known.has(idOf(chunk)))
    assert.equal(chunks.length, 1)
    const answer = await putChunked(world, file, {
      coauth: 'A',
      signatures: [await signed('MainContent', zip)],
      chunks,
    })
    assert.equal(answer.status, 200)
    assert.equal(await world.textOf(file), Buffer.from(zip).toString())
    assert.deepEqual((await getChunked(world, file)).Signatures, [await signed('MainContent', zip)])
  })

  together('chunks come in any order, and any number of times', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const parts = ['one', 'two', 'three'].map(bytesOf)
    const [one, two, three] = parts.map((part) => ({ ChunkId: idOf(part), Length: part.length }))
    const signature = { StreamId: 'MainContent', ChunkingScheme: 'Zip', ChunkSignatures: [three, one, two, one, three] }
    const chunks = ['two', 'three', 'not needed', 'two', 'three'].map(bytesOf)
    assert.equal((await putChunked(world, file, { coauth: 'A', signatures: [signature], chunks })).status, 200)
    assert.equal(await world.textOf(file), 'threeonetwoonethree')
    // The host knows the chunks as they were sent until the content changes, however it cuts the file itself.
    const again = { ...signature, ChunkSignatures: [two, three] }
    assert.equal((await putChunked(world, file, { coauth: 'A', signatures: [again] })).status, 200)
    assert.equal(await world.textOf(file), 'twothree')
  })

  together('a chunk may be named by its stream or by another one of the same file', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    await putStreams(world, file, { Other: 'two' }, { coauth: 'A' })
    const signatures = [await signed('MainContent', bytesOf('two')), await signed('Other', bytesOf('one'))]
    assert.equal((await putChunked(world, file, { coauth: 'A', signatures })).status, 200)
    assert.equal(await world.textOf(file), 'two')
    assert.equal(await streamOf(world, file, 'Other'), 'one')
  })

  together('an archive that was sent in other chunks than the host cuts is cut anew', async (world) => {
    const zip = zipOf({ a: 'first', b: 'second', c: 'third' })
    const own = await chunksIn(zip)
    const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts))
    // Some are as the host has them: in the middle, and at the end.
    const [a = zip, b = zip, c = zip, d = zip, e = zip, f = zip, g = zip] = own
    const chunks = [joined(a, b), c, joined(d, e), f, g]
    const file = await world.make('a.pptx', '')
    const ChunkSignatures = chunks.map((chunk) => ({ ChunkId: idOf(chunk), Length: chunk.length }))
    const signatures = [{ StreamId: 'MainContent', ChunkingScheme: 'Zip', ChunkSignatures }]
    assert.equal((await putChunked(world, file, { signatures, chunks })).status, 200)
    assert.deepEqual((await getChunked(world, file)).Signatures, [await signed('MainContent', zip)])
    assert.equal(await streamOf(world, file), Buffer.from(zip).toString())
  })

  states(on)
  carrying(together)
  refusals(on, together)
}

type Together = (name: string, run: (world: World) => Promise<void>) => void

/** How a save is answered, as far as locks go. */
async function outcome(world: World, file: StoredFile, put: Put): Promise<unknown[]> {
  const { status, headers } = await putStreams(world, file, { MainContent: `saved ${world.events.length}` }, put)
  if (status === 200) return [200]
  return [status, headers.get('X-WOPI-ConflictingMechanism'), headers.get('X-WOPI-Lock')]
}

/** Every state of a file by every client. */
function states(on: On): void {
  type Row = readonly [Put, readonly unknown[]]
  const table: readonly [string, (world: World, file: StoredFile) => Promise<unknown>, readonly Row[]][] = [
    ['that is empty and not locked', async () => {}, [[{}, [200]]]],
    [
      'that is not locked',
      (world, file) => putIt(world, file, 'content'),
      [
        [{}, [409, null, '']],
        [{ lock: 'L' }, [409, null, '']],
        [{ coauth: 'A' }, [409, null, '']],
      ],
    ],
    [
      'with a WOPI lock',
      (world, file) => lockIt(world, file, 'L'),
      [
        [{ lock: 'M' }, [409, 'WOPI-Lock', 'L']],
        [{ coauth: 'A' }, [409, 'WOPI-Lock', 'L']],
        [{ coauth: 'L' }, [409, 'WOPI-Lock', 'L']],
        [{}, [409, 'WOPI-Lock', 'L']],
        [{ lock: 'L' }, [200]],
      ],
    ],
    [
      'with coauth locks',
      async (world, file) => {
        await coauthLock(world, file, 'A')
        await coauthLock(world, file, 'B')
        await coauthLock(world, file, 'Old', 'Coauth', 60)
        world.clock.now += 60_000
      },
      [
        [{ coauth: 'C' }, [409, null, null]],
        [{ coauth: 'Old' }, [409, null, null]],
        [{ lock: 'A' }, [409, null, null]],
        [{}, [409, null, null]],
        [{ coauth: 'A' }, [200]],
        [{ coauth: 'B' }, [200]],
      ],
    ],
    [
      'with an exclusive coauth lock',
      async (world, file) => {
        await coauthLock(world, file, 'A')
        await coauthLock(world, file, 'X', 'CoauthExclusive')
      },
      [
        [{ coauth: 'A' }, [409, 'WOPI-CoauthExclusiveLock', '']],
        [{ coauth: 'C' }, [409, 'WOPI-CoauthExclusiveLock', '']],
        [{ lock: 'X' }, [409, 'WOPI-CoauthExclusiveLock', '']],
        [{}, [409, 'WOPI-CoauthExclusiveLock', '']],
        [{ coauth: 'X' }, [200]],
      ],
    ],
    [
      'that a desktop program has open',
      async (world, file) => {
        await putIt(world, file, 'content')
        const { find } = world.storage
        const opened = async (id: string) => {
          const found = await find(id)
          return found && { ...found, openElsewhere: 'Bob' }
        }
        Object.assign(world.storage, { find: opened })
      },
      [
        [{}, [409, 'Other', '']],
        [{ lock: 'L' }, [409, 'Other', '']],
        [{ coauth: 'A' }, [409, 'Other', '']],
      ],
    ],
  ]
  for (const [state, prepare, rows] of table)
    for (const [index, [put, expected]] of rows.entries()) {
      const brought = put.lock ? `lock ${put.lock}` : put.coauth ? `coauth lock ${put.coauth}` : 'no lock'
      on(
        `a chunked save of a file ${state}, with ${brought}, is ${expected[0]}${expected[0] === 409 ? ` (${index + 1})` : ''}`,
        async (world) => {
          const file = await world.make('a.docx', '')
          await prepare(world, file)
          const before = await world.textOf(file)
          assert.deepEqual(await outcome(world, file, put), expected)
          assert.equal((await world.textOf(file)) === before, expected[0] !== 200)
        },
        { coauth: true },
      )
    }
}

function carrying(together: Together): void {
  const property = (Name: string, Value: string, keeps = true) =>
    ({ Name, Value, Retention: keeps ? 'KeepOnContentChange' : 'DeleteOnContentChange' }) as const

  together(
    'streams and properties come with a file, change with it, and stay until they are changed',
    async (world) => {
      const file = await openTogether(world, 'a.docx', 'one')
      const first = await putStreams(
        world,
        file,
        { Alternate: 'two' },
        { coauth: 'A', properties: [property('kept', '1'), property('gone', '2', false)] },
      )
      assert.equal(first.status, 200)
      assert.ok(Number(first.headers.get('X-WOPI-SequenceNumber')) > (file.sequenceNumber ?? 0))
      assert.equal(await world.textOf(file), 'one')
      assert.equal(await streamOf(world, file, 'Alternate'), 'two')
      await putStreams(world, file, { MainContent: 'three' }, { coauth: 'A', properties: [property('kept', 'new')] })
      assert.equal(await streamOf(world, file, 'Alternate'), 'two')
      const { ContentProperties } = await getChunked(world, file, [{}], ['gone', 'kept', 'unknown'])
      assert.deepEqual(ContentProperties, [property('kept', 'new'), property('gone', '2', false)])
      assert.deepEqual((await getChunked(world, file, [{}], ['gone'])).ContentProperties, [
        property('gone', '2', false),
      ])
    },
  )

  together('a stream without chunks is deleted, and the file itself becomes empty', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    await putStreams(world, file, { Alternate: 'two' }, { coauth: 'A' })
    const none = (StreamId: string) => ({ StreamId, ChunkingScheme: 'FullFile', ChunkSignatures: [] })
    const signatures = [none('Alternate'), none('MainContent'), none('NeverThere')]
    assert.equal((await putChunked(world, file, { coauth: 'A', signatures })).status, 200)
    assert.equal((await world.found(file)).size, 0)
    assert.equal((await getChunked(world, file, [{ id: 'Alternate' }])).Signatures[0]?.ChunkingScheme, 'Zip')
  })

  together('an empty stream may be said to be one chunk of nothing', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const empty = { ChunkId: idOf(new Uint8Array()), Length: 0 }
    const signature = (StreamId: string) => ({ StreamId, ChunkingScheme: 'FullFile', ChunkSignatures: [empty] })
    const put = { coauth: 'A', signatures: [signature('MainContent'), signature('Alternate')] }
    assert.equal((await putChunked(world, file, put)).status, 200)
    assert.equal((await putChunked(world, file, { ...put, chunks: [new Uint8Array()] })).status, 200)
    assert.equal((await world.found(file)).size, 0)
    assert.equal((await getChunked(world, file, [{ id: 'Alternate' }])).Signatures[0]?.ChunkingScheme, 'FullFile')
  })

  together('a plain save takes the streams away, and the properties that do not outlast it', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const properties = [property('kept', '1'), property('gone', '2', false)]
    await putStreams(world, file, { Alternate: 'two' }, { coauth: 'A', properties })
    await world.send(file, { override: 'UNLOCK_COAUTH_LOCK', headers: { 'X-WOPI-CoauthLockId': 'A' } })
    await lockIt(world, file, 'L')
    assert.equal((await putIt(world, file, 'three', { lock: 'L' })).status, 200)
    const { ContentProperties, Signatures } = await getChunked(world, file, [{ id: 'Alternate' }], ['gone', 'kept'])
    assert.deepEqual(ContentProperties, [property('kept', '1')])
    assert.deepEqual(Signatures[0]?.ChunkSignatures, [])
  })

  together('streams and properties end 30 days after they were set', async (world) => {
    const file = await world.make('a.docx', '')
    const at = world.clock.now
    await lockIt(world, file, 'L')
    await putStreams(
      world,
      file,
      { Old: 'old', New: 'new' },
      { lock: 'L', properties: [property('a', '1'), property('b', '2')] },
    )
    world.clock.now = at + 29 * day
    await lockIt(world, file, 'L')
    await putStreams(world, file, { New: 'newer' }, { lock: 'L', properties: [property('b', '3')] })
    world.clock.now = at + 30 * day
    const { ContentProperties, Signatures } = await getChunked(world, file, [{ id: 'Old' }, { id: 'New' }], ['a', 'b'])
    assert.deepEqual(ContentProperties, [property('b', '3')])
    assert.deepEqual(
      Signatures.map(({ ChunkSignatures }) => ChunkSignatures.length),
      [0, 1],
    )
  })

  together('a file carries 256 streams and 256 properties and not one more', async (world) => {
    const file = await openTogether(world, 'a.docx', 'one')
    const names = Array.from({ length: 256 }, (_, index) => `n${index}`)
    const streams = Object.fromEntries(names.map((name) => [name, 'x']))
    const properties = names.map((name) => property(name, 'v'))
    assert.equal((await putStreams(world, file, streams, { coauth: 'A', properties })).status, 200)
    assert.equal((await putStreams(world, file, { more: 'x' }, { coauth: 'A' })).status, 400)
    assert.equal((await putChunked(world, file, { coauth: 'A', properties: [property('more', 'v')] })).status, 400)
    assert.equal(
      (await putStreams(world, file, { n0: 'y' }, { coauth: 'A', properties: [property('n0', 'w')] })).status,
      200,
    )
    const long = [
      property('x'.repeat(257), ''),
      property('x', 'v'.repeat(1025)),
      { ...property('x', ''), Retention: 'Forever' },
    ]
    for (const each of long)
      assert.equal((await putChunked(world, file, { coauth: 'A', properties: [each] as never })).status, 400)
  })
}

function refusals(on: On, together: Together): void {
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
