import { describe, expect, test } from 'vitest'
import {
  answerCells,
  type CellRequest,
  cellsToFile,
  type DataElement,
  isFault,
  noKnowledge,
  partitions,
  readRequest,
} from '../../src/index.ts'
import * as vectors from '../vectors.ts'
import { memoryContent } from './memory-content.ts'
import { ask, elementsFor, endings, idOf, indexNow, put, putting, query, scopeOf } from './putting.ts'

const hello: CellRequest = readRequest(Uint8Array.from(Buffer.from(vectors.putChanges, 'base64')))

describe('Put Changes', () => {
  test('that somebody else has written makes a file, and the file has the bytes at once', async () => {
    const file = memoryContent()
    const scope = scopeOf(file.content)
    expect(endings(await ask(scope, [query()]))).toEqual([0x80070002])
    expect(endings(await answerCells(hello, scope))).toEqual(['putChanges'])
    expect(file.bytes()?.toString()).toBe('Hello, cell storage!')
    expect(endings(await ask(scope, [query()]))).toEqual(['queryChanges'])
  })

  test('lets the client know what it has put, so that it is not sent it again', async () => {
    const scope = scopeOf(memoryContent().content)
    const response = await ask(scope, [putting(undefined)], elementsFor('one'))
    const outcome = response.fault ? undefined : response.subResponses[0]?.outcome
    const knowledge = outcome && !isFault(outcome) && outcome.type === 'putChanges' ? outcome.knowledge : noKnowledge
    const again = await ask(scope, [query(knowledge)])
    expect(again.fault ? [] : again.elements?.map(({ body }) => body.type)).toEqual(['storageIndex'])
  })

  test('follows what the client takes to hold, and nothing else', async () => {
    const file = memoryContent(Buffer.from('zero'))
    const scope = scopeOf(file.content)
    const before = await indexNow(scope)
    expect(endings(await ask(scope, [putting(before)], [...elementsFor('one'), before]))).toEqual(['putChanges'])
    expect(file.bytes()?.toString()).toBe('one')
    expect(endings(await ask(scope, [putting(before)], [...elementsFor('two', 'bob'), before]))).toEqual([12])
    const flags = ['implyNullExpectedIfNoMapping'] as const
    expect(endings(await ask(scope, [putting(undefined, flags)], elementsFor('three', 'bob')))).toEqual([12])
    expect(file.bytes()?.toString()).toBe('one')
    const now = await indexNow(scope)
    expect(endings(await ask(scope, [putting(now, flags)], [...elementsFor('four', 'bob'), now]))).toEqual([
      'putChanges',
    ])
    expect(file.bytes()?.toString()).toBe('four')
  })

  test('is not undone by a put that follows what was before the file changed by another way', async () => {
    const file = memoryContent(Buffer.from('zero'))
    const scope = scopeOf(file.content)
    const before = await indexNow(scope)
    file.put(Buffer.from('from elsewhere'))
    expect(endings(await ask(scope, [putting(before)], [...elementsFor('mine'), before]))).toEqual([12])
    expect(file.bytes()?.toString()).toBe('from elsewhere')
  })

  test('of what is there already succeeds, where it is expected to be there', async () => {
    const scope = scopeOf(memoryContent().content)
    const elements = elementsFor('one')
    await ask(scope, [putting(undefined)], elements)
    const again = put({ index: idOf(1), expected: idOf(1) }, ['implyNullExpectedIfNoMapping'])
    expect(endings(await ask(scope, [again], elements))).toEqual(['putChanges'])
  })

  test('checks only what it changes, where that is asked for', async () => {
    const scope = scopeOf(memoryContent().content)
    await ask(scope, [putting(undefined)], elementsFor('one'))
    const now = await indexNow(scope)
    const stale: DataElement = {
      id: idOf(2),
      serial: undefined,
      body: {
        type: 'storageIndex',
        cells: [],
        revisions: [{ revision: idOf(9), element: idOf(8), serial: undefined }],
      },
    }
    const same = { index: now.id, expected: stale.id }
    expect(endings(await ask(scope, [put(same)], [now, stale]))).toEqual([12])
    const more = ['coherencyCheckOnlyAppliedEntries'] as const
    expect(endings(await ask(scope, [put(same, [], more)], [now, stale]))).toEqual(['putChanges'])
  })

  test('answers the index and the elements that it has put, where that is asked for', async () => {
    const scope = scopeOf(memoryContent().content)
    const more = ['returnAppliedStorageIndex', 'returnDataElementsAdded'] as const
    const response = await ask(scope, [put({ index: idOf(1) }, [], more)], elementsFor('one'))
    const outcome = response.fault ? undefined : response.subResponses[0]?.outcome
    if (!outcome || isFault(outcome) || outcome.type !== 'putChanges' || response.fault) throw new Error('it failed')
    expect(outcome.applied?.added).toHaveLength(5)
    expect(response.elements?.map(({ id }) => id)).toEqual([outcome.applied?.index])
  })

  test('in parts waits for the last one, and not for ever', async () => {
    const file = memoryContent()
    let now = 0
    const scope = scopeOf(file.content, undefined, { now: () => now })
    const elements = elementsFor('in parts')
    const [first, last] = [elements.slice(0, 3), elements.slice(3)]
    const part = put({}, ['partial'])
    const whole = put({ index: idOf(1) }, ['partialLast'])
    expect(endings(await ask(scope, [part], first))).toEqual(['putChanges'])
    expect(file.bytes()).toBeUndefined()
    now = 2 * 60 * 60 * 1000
    expect(endings(await ask(scope, [whole], last))).toEqual([16])
    expect(endings(await ask(scope, [part], first))).toEqual(['putChanges'])
    expect(endings(await ask(scope, [whole], last))).toEqual(['putChanges'])
    expect(file.bytes()?.toString()).toBe('in parts')
  })

  test('into a partition of another kind keeps it as it is, beside the file', async () => {
    const file = memoryContent(Buffer.from('the file'))
    const scope = scopeOf(file.content)
    const other = { ...putting(undefined), partition: partitions.metadata.toUpperCase() }
    expect(endings(await ask(scope, [other], elementsFor('not the file')))).toEqual(['putChanges'])
    expect(file.bytes()?.toString()).toBe('the file')
    const kept = await scope.store.read({ file: '42', partition: partitions.metadata })
    const whole = kept && Buffer.concat(cellsToFile(kept, 100).pieces).toString()
    expect(whole).toBe('not the file')
  })

  test('after one that failed is not carried out, where that is asked for', async () => {
    const scope = scopeOf(memoryContent().content)
    const bad = put({ index: idOf(70) }, ['abortRemainingOnFailure'])
    expect(endings(await ask(scope, [bad, putting(undefined)], elementsFor('one')))).toEqual([16, 47])
    const tolerant = put({ index: idOf(70) })
    expect(endings(await ask(scope, [tolerant, putting(undefined)], elementsFor('one')))).toEqual([16, 'putChanges'])
  })

  test('is carried out in the order of priority', async () => {
    const file = memoryContent()
    const later = { ...putting(undefined), priority: 5n }
    const response = await ask(scopeOf(file.content), [{ ...query(), id: 2n, priority: 9n }, later], elementsFor('one'))
    expect(endings(response)).toEqual(['putChanges', 'queryChanges'])
  })
})
