import { describe, expect, test } from 'vitest'
import {
  type CellContent,
  type CellResponse,
  type CellScope,
  cellsToFile,
  memoryCellStore,
  partitions,
} from '../../src/index.ts'
import { memoryContent } from './memory-content.ts'
import { ask, elementsFor, endings, indexNow, putting, query, scopeOf } from './putting.ts'

const place = { file: '42', partition: partitions.content }

/** A file, of which somebody asks or that somebody changes once a put has been written and before its cells are there. */
function interrupted(meanwhile: (scope: CellScope, file: ReturnType<typeof memoryContent>) => Promise<void>) {
  const file = memoryContent(Buffer.from('before'))
  const store = memoryCellStore()
  const plain = scopeOf(file.content, store)
  const content: CellContent = {
    ...file.content,
    async write(...change) {
      const state = await file.content.write(...change)
      if (state) await meanwhile(plain, file)
      return state
    },
  }
  return { file, store, plain, scope: scopeOf(content, store) }
}

async function putText({ scope, plain }: { scope: CellScope; plain: CellScope }, text: string) {
  const index = await indexNow(plain)
  return endings(await ask(scope, [putting(index)], [...elementsFor(text), index]))
}

describe('A put, of which somebody asks before its cells are there,', () => {
  test('succeeds, and its cells take the place of those that were made for whoever asked', async () => {
    const { file, store, ...scopes } = interrupted(async (scope) => {
      expect(endings(await ask(scope, [query()]))).toEqual(['queryChanges'])
    })
    expect(await putText(scopes, 'put by a client')).toEqual(['putChanges'])
    expect(file.bytes()?.toString()).toBe('put by a client')
    const held = await store.read(place)
    const ids = elementsFor('put by a client').filter(({ body }) => body.type === 'objectGroup')
    for (const { id } of ids) expect(held?.elements.has(id)).toBe(true)
    expect(endings(await ask(scopes.plain, [query()]))).toEqual(['queryChanges'])
    expect(await putText({ ...scopes, scope: scopes.plain }, 'and another')).toEqual(['putChanges'])
    expect(file.bytes()?.toString()).toBe('and another')
  })

  test('gives out no serial number twice', async () => {
    let asked: CellResponse | undefined
    const { store, ...scopes } = interrupted(async (scope) => {
      asked = await ask(scope, [query()])
    })
    await putText(scopes, 'put by a client')
    const held = await store.read(place)
    const told = asked?.fault ? [] : (asked?.elements ?? [])
    const ids = new Map([...told, ...(held?.elements.values() ?? [])].map(({ id, serial }) => [id, serial?.value]))
    for (const { id, body } of told) if (body.type === 'storageIndex') ids.delete(id)
    expect(ids.size).toBeGreaterThan(told.length)
    expect(new Set(ids.values()).size).toBe(ids.size)
  })

  test('succeeds, and leaves what has been written since as it is', async () => {
    const { file, ...scopes } = interrupted(async (scope, { put }) => {
      put(Buffer.from('written since'))
      await ask(scope, [query()])
    })
    expect(await putText(scopes, 'put by a client')).toEqual(['putChanges'])
    expect(file.bytes()?.toString()).toBe('written since')
    const held = await scopes.plain.store.read(place)
    expect(held?.source).toBe('v3')
  })
})

test('cells that are put in the place of others are those of the file', async () => {
  const { scope, plain, file } = interrupted(async (other) => {
    await ask(other, [query()])
  })
  await putText({ scope, plain }, 'put by a client')
  const answer = await ask(plain, [query()])
  const elements = answer.fault ? [] : (answer.elements ?? [])
  const index = elements.find(({ body }) => body.type === 'storageIndex')
  if (index?.body.type !== 'storageIndex') throw new Error('there is no index')
  const partition = {
    ...{ version: 0, serialGuid: '', nextSerial: 1n, index: { ...index, body: index.body } },
    elements: new Map(elements.map((element) => [element.id, element])),
  }
  expect(Buffer.concat(cellsToFile(partition, 2 ** 20).pieces)).toEqual(file.bytes())
})
