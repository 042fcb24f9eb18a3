import assert from 'node:assert/strict'
import type { Content, Rewrite, Storage, StoredFile } from '../ports.ts'
import type { CarriedChange, Streams } from '../streams.ts'
import type { ContractTest } from './contract-test.ts'

/** A storage whose files carry more than their contents, a folder of it that is empty, and the time they live in. */
export interface StreamsUnderTest {
  readonly storage: Storage
  readonly streams: Streams
  readonly parentId: string
  /** Lets milliseconds pass. */
  later(milliseconds: number): void
}

const day = 24 * 60 * 60_000
const by = { id: 'ann', name: 'Ann' }

async function* content(...texts: string[]): Content {
  for (const text of texts) yield new TextEncoder().encode(text)
}

/** Content that breaks off. */
async function* broken(): Content {
  yield new TextEncoder().encode('half')
  throw new Error('the connection is gone')
}

const kept = (Name: string, Value = 'v') => ({ Name, Value, Retention: 'KeepOnContentChange' }) as const
const passing = (Name: string, Value = 'v') => ({ Name, Value, Retention: 'DeleteOnContentChange' }) as const

/** A change of streams: to a text, or away with `undefined`. */
const setting = (
  streams: Readonly<Record<string, string | undefined>>,
  ...properties: CarriedChange['properties']
): CarriedChange => ({
  properties,
  streams: Object.entries(streams).map(([id, text]) => (text === undefined ? { id } : { id, content: content(text) })),
})

async function textOf({ streams }: StreamsUnderTest, file: StoredFile, id: string): Promise<string | undefined> {
  const stream = (await streams.of(file))?.streams.find((each) => each.id === id)
  const flowing = stream && (await streams.read(file, stream))
  if (!stream || !flowing) return undefined
  let text = ''
  for await (const piece of flowing) text += Buffer.from(piece).toString()
  assert.equal(Buffer.byteLength(text), stream.size)
  return text
}

/** What every `Streams` must do, together with the storage it belongs to. */
export function streamsContract(test: ContractTest, create: () => Promise<StreamsUnderTest> | StreamsUnderTest): void {
  const on = (name: string, run: (world: StreamsUnderTest, file: StoredFile) => Promise<void>) =>
    test(name, async () => {
      const world = await create()
      const file = await world.storage.create(world.parentId, ['a.docx'], content('one'), { by })
      assert.ok(file, 'a file is created')
      await run(world, file)
    })
  carrying(on)
  leaving(on)
}

type On = (name: string, run: (world: StreamsUnderTest, file: StoredFile) => Promise<void>) => void

async function written(
  { storage }: StreamsUnderTest,
  file: StoredFile,
  change: Partial<Rewrite>,
  text = 'next',
): Promise<StoredFile> {
  const saved = await storage.write(file, content(text), { by, ...change })
  assert.ok(saved, 'the file is saved')
  return saved
}

function carrying(on: On): void {
  on('a new file carries nothing', async ({ streams }, file) => {
    assert.deepEqual(await streams.of(file), { streams: [], properties: [] })
  })

  on('streams and properties come with a save, and stay until they are changed', async (world, file) => {
    const first = await written(world, file, { carries: setting({ a: 'A', b: 'B' }, kept('x'), passing('y')) })
    const second = await written(world, first, { carries: setting({ a: undefined, c: '' }, kept('x', 'w')) })
    const carried = await world.streams.of(second)
    assert.deepEqual(carried?.streams.map(({ id, size }) => [id, size]).sort(), [
      ['b', 1],
      ['c', 0],
    ])
    assert.deepEqual(
      [...(carried?.properties ?? [])].sort((a, b) => (a.Name < b.Name ? -1 : 1)),
      [kept('x', 'w'), passing('y')],
    )
    assert.deepEqual([await textOf(world, second, 'b'), await textOf(world, second, 'c')], ['B', ''])
  })

  on('a stream keeps its version until its content changes, and shares it with no other', async (world, file) => {
    const first = await written(world, file, { carries: setting({ a: 'A', b: 'B' }) })
    const second = await written(world, first, { carries: setting({ a: 'A' }) })
    const versions = async (of: StoredFile) =>
      new Map((await world.streams.of(of))?.streams.map(({ id, version }) => [id, version]))
    const after = await versions(second)
    assert.notEqual(after.get('a'), after.get('b'))
    const third = await versions(await written(world, second, { carries: setting({ b: 'C' }) }))
    assert.equal(third.get('a'), after.get('a'))
    assert.notEqual(third.get('b'), after.get('b'))
  })

  on('a stretch of a stream can be read', async (world, file) => {
    const saved = await written(world, file, { carries: setting({ a: '0123456789' }) })
    const [stream] = (await world.streams.of(saved))?.streams ?? []
    const flowing = stream && (await world.streams.read(saved, stream, { start: 3, end: 6 }))
    assert.ok(flowing)
    let text = ''
    for await (const piece of flowing) text += Buffer.from(piece).toString()
    assert.equal(text, '345')
  })

  on('names of any kind are names', async (world, file) => {
    const names = ['../../etc/passwd', 'Zoë 😀', 'a/b', '.', '__proto__', 'x'.repeat(256)]
    const carries: CarriedChange = {
      properties: names.map((name) => kept(name)),
      streams: names.map((id) => ({ id, content: content(id) })),
    }
    const saved = await written(world, file, { carries })
    for (const name of names) assert.equal(await textOf(world, saved, name), name)
    assert.equal((await world.streams.of(saved))?.properties.length, names.length)
  })

  on('a new name for the file changes nothing of what it carries', async (world, file) => {
    const saved = await written(world, file, { carries: setting({ a: 'A' }) })
    const renamed = await world.storage.rename(saved, 'b.docx')
    assert.equal(renamed && (await textOf(world, renamed, 'a')), 'A')
  })
}

function leaving(on: On): void {
  on('a save that does not speak of it takes the streams away, and what does not outlast it', async (world, file) => {
    const first = await written(world, file, { carries: setting({ a: 'A' }, kept('x'), passing('y')) })
    const second = await written(world, first, {})
    assert.deepEqual(await world.streams.of(second), { streams: [], properties: [kept('x')] })
    const third = await written(world, second, { carries: setting({ b: 'B' }) })
    const fourth = await written(world, third, {})
    assert.deepEqual(await world.streams.of(fourth), { streams: [], properties: [kept('x')] })
  })

  on('of a file that has moved on nothing is told', async (world, file) => {
    const first = await written(world, file, { carries: setting({ a: 'A' }) })
    const [stream] = (await world.streams.of(first))?.streams ?? []
    await written(world, first, { carries: setting({ a: 'B' }) })
    assert.equal(await world.streams.of(first), undefined)
    assert.equal(stream && (await world.streams.read(first, stream)), undefined)
  })

  on('a save that is refused, and one that breaks off, leave it as it was', async (world, file) => {
    const saved = await written(world, file, { carries: setting({ a: 'A' }, kept('x')) })
    const change = () => setting({ a: 'B', b: 'C' }, kept('x', 'w'))
    const { storage, streams } = world
    assert.equal(
      await storage.write(saved, content('two'), { by, carries: change(), decide: async () => 'refuse' }),
      undefined,
    )
    await assert.rejects(storage.write(saved, broken(), { by, carries: change() }), /the connection is gone/)
    const halves = {
      properties: [],
      streams: [
        { id: 'a', content: content('B') },
        { id: 'b', content: broken() },
      ],
    }
    await assert.rejects(storage.write(saved, content('two'), { by, carries: halves }), /the connection is gone/)
    assert.deepEqual((await streams.of(saved))?.properties, [kept('x')])
    assert.deepEqual([await textOf(world, saved, 'a'), await textOf(world, saved, 'b')], ['A', undefined])
  })

  on('a save that goes beside the file leaves it as it was, and carries nothing', async (world, file) => {
    const saved = await written(world, file, { carries: setting({ a: 'A' }) })
    const beside = await written(world, saved, {
      carries: setting({ a: 'B' }),
      decide: async () => ({ beside: ['b.docx'] }),
    })
    assert.notEqual(beside.id, saved.id)
    assert.equal(await textOf(world, saved, 'a'), 'A')
    assert.deepEqual(await world.streams.of(beside), { streams: [], properties: [] })
  })

  on('streams and properties end 30 days after they were set', async (world, file) => {
    const first = await written(world, file, { carries: setting({ a: 'A', b: 'B' }, kept('x'), kept('y')) })
    world.later(29 * day)
    const second = await written(world, first, { carries: setting({ b: 'C' }, kept('y', 'w')) })
    assert.equal(await textOf(world, second, 'a'), 'A')
    world.later(day)
    assert.equal(await textOf(world, second, 'a'), undefined)
    assert.equal(await textOf(world, second, 'b'), 'C')
    assert.deepEqual((await world.streams.of(second))?.properties, [kept('y', 'w')])
    world.later(29 * day)
    assert.deepEqual(await world.streams.of(second), { streams: [], properties: [] })
  })
}
