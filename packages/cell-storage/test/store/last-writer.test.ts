import { describe, expect, test } from 'vitest'
import { fileSchema } from '../../src/index.ts'
import { memoryContent } from './memory-content.ts'
import { ask, elementsFor, endings, idOf, indexNow, put, putting, scopeOf } from './putting.ts'

/** A file that two clients have read before one of them puts, and lets the other win where `yields`. */
async function putAfterReading(yields: boolean) {
  const file = memoryContent(Buffer.from('zero'))
  const scope = scopeOf(file.content)
  const before = await indexNow(scope)
  await ask(scope, [putting(before, yields ? ['lastWriterWinsOnNextChange'] : [])], [...elementsFor('one'), before])
  const text = () => file.bytes()?.toString()
  const late = async (author: string) =>
    endings(await ask(scope, [putting(before)], [...elementsFor(`by ${author}`, author), before]))
  return { file, scope, text, late }
}

describe('A client that lets the last writer win', () => {
  test('gives way to the next put, which does not know of its own, and to no other', async () => {
    const { late, text } = await putAfterReading(true)
    expect(await late('bob')).toEqual(['putChanges'])
    expect(text()).toBe('by bob')
    expect(await late('eve')).toEqual([12])
    expect(text()).toBe('by bob')
  })

  test('is not what others are', async () => {
    const { late, text } = await putAfterReading(false)
    expect(await late('bob')).toEqual([12])
    expect(text()).toBe('one')
  })

  test('gives way in what it has changed alone', async () => {
    const { scope, text } = await putAfterReading(true)
    const now = await indexNow(scope)
    const stale = {
      id: idOf(2),
      serial: undefined,
      body: {
        type: 'storageIndex',
        cells: [{ cell: fileSchema.cell, element: idOf(8), serial: undefined }],
        revisions: [{ revision: idOf(9), element: idOf(8), serial: undefined }],
      },
    } as const
    expect(endings(await ask(scope, [put({ index: now.id, expected: stale.id })], [now, stale]))).toEqual([12])
    expect(text()).toBe('one')
  })

  test('does not give way in the name of who has changed the file by another way since', async () => {
    const { file, late, text } = await putAfterReading(true)
    file.put(Buffer.from('from elsewhere'))
    expect(await late('bob')).toEqual([12])
    expect(text()).toBe('from elsewhere')
  })
})
