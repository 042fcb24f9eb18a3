import assert from 'node:assert/strict'
import type { On } from './index.ts'
import {
  chunksIn,
  getChunked,
  idOf,
  openTogether,
  putChunked,
  putStreams,
  signed,
  streamOf,
  zipOf,
} from './transfer.ts'
import { bytesOf, infoOf, type World } from './world.ts'

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
}
