import assert from 'node:assert/strict'
import type { On } from './index.ts'
import { getChunked, idOf, openTogether, putChunked, putStreams, streamOf } from './transfer.ts'
import { lockIt, putIt, type World } from './world.ts'

const day = 24 * 60 * 60_000

/** What a file carries besides its content. */
export function carriedSuite(on: On): void {
  const together = (name: string, run: (world: World) => Promise<void>) => on(name, run, { coauth: true })
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
