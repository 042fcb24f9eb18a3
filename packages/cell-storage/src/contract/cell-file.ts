import { deepStrictEqual as equal, ok } from 'node:assert/strict'
import type { CellFile } from '../files/cell-file.ts'
import type { Test } from './contract-test.ts'

/** Makes a file that nobody else uses, and that the caller may change; without `bytes`, the place for one that is not there. */
export type CreateCellFile = (bytes?: Uint8Array) => Promise<CellFile>

const bytesOf = (text: string) => new TextEncoder().encode(text)

async function textOf({ content }: CellFile): Promise<string | undefined> {
  const state = await content.find()
  const bytes = state && (await content.read(state.version))
  return bytes && new TextDecoder().decode(bytes)
}

/** What every file does that has its content here. What a file does not offer is not asked of it. */
export function cellFileContract(test: Test, create: CreateCellFile): void {
  contentContract(test, create)
  versionsContract(test, create)

  test('A file that is renamed stays the same file at the same version.', async () => {
    const file = await create(bytesOf('as it is'))
    if (!file.rename) return
    const before = await file.content.find()
    equal(await file.rename('another name.docx'), 'renamed')
    equal((await file.content.find())?.version, before?.version)
    equal(await textOf(file), 'as it is')
    equal(await file.rename('no/name.docx'), 'invalid')
    equal(await file.rename(''), 'invalid')
  })

  test('What a file tells beside its content is text.', async () => {
    const file = await create(bytesOf('as it is'))
    const properties = (await file.properties?.()) ?? {}
    for (const [id, value] of Object.entries(properties)) ok(id !== '' && typeof value === 'string')
  })
}

function contentContract(test: Test, create: CreateCellFile): void {
  test('A file that is not there has no state, and is made by the first write.', async () => {
    const file = await create()
    equal(await file.content.find(), undefined)
    const state = await file.content.write(undefined, [bytesOf('one '), bytesOf('two')])
    equal(state?.size, 7)
    equal((await file.content.find())?.version, state?.version)
    equal(await textOf(file), 'one two')
  })

  test('A file that is there is replaced by who names its version, and by nobody else.', async () => {
    const file = await create(bytesOf('first'))
    const first = (await file.content.find())?.version
    equal(await file.content.write(undefined, [bytesOf('no')]), undefined)
    equal(await file.content.write('never', [bytesOf('no')]), undefined)
    equal(await textOf(file), 'first')
    const second = await file.content.write(first, [bytesOf('second')])
    ok(second && second.version !== first)
    equal(await file.content.write(first, [bytesOf('no')]), undefined)
    equal(await textOf(file), 'second')
  })

  test('Bytes are read at the present version alone.', async () => {
    const file = await create(bytesOf('first'))
    const first = (await file.content.find())?.version ?? ''
    await file.content.write(first, [bytesOf('second')])
    equal(await file.content.read(first), undefined)
  })

  test('A file may be empty.', async () => {
    const file = await create(bytesOf('first'))
    const state = await file.content.write((await file.content.find())?.version, [])
    equal(state?.size, 0)
    equal(await textOf(file), '')
  })

  test('Of many who replace the same version, one does.', async () => {
    const file = await create(bytesOf('first'))
    const first = (await file.content.find())?.version
    const tries = Array.from({ length: 8 }, (_, index) => file.content.write(first, [bytesOf(`try ${index}`)]))
    equal((await Promise.all(tries)).filter((state) => state !== undefined).length, 1)
  })
}

function versionsContract(test: Test, create: CreateCellFile): void {
  test('What a file was is listed, the newest first, and becomes the present content again.', async () => {
    const file = await create(bytesOf('first'))
    if (!file.versions) return
    const first = (await file.content.find())?.version
    const second = (await file.content.write(first, [bytesOf('second one')]))?.version
    const listed = (await file.versions.list()).map(({ version, size }) => ({ version, size }))
    equal(listed, [
      { version: second, size: 10 },
      { version: first, size: 5 },
    ])
    const kept = await file.versions.read(first ?? '')
    equal(kept && new TextDecoder().decode(kept), 'first')
    equal(await file.versions.restore(first ?? ''), 'restored')
    equal(await textOf(file), 'first')
    const third = (await file.content.find())?.version
    ok(third !== first && third !== second)
    equal((await file.versions.list())[0]?.version, third)
  })

  test('A version that is not kept is not restored, and nothing changes.', async () => {
    const file = await create(bytesOf('first'))
    if (!file.versions) return
    const before = await file.content.find()
    equal(await file.versions.read('never'), undefined)
    equal(await file.versions.restore('never'), 'notKept')
    equal((await file.content.find())?.version, before?.version)
  })
}
