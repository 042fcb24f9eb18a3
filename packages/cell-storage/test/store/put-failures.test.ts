import { describe, expect, test } from 'vitest'
import { cellFaults, type DataElement, type SubRequest } from '../../src/index.ts'
import { memoryContent } from './memory-content.ts'
import { ask, elementsFor, endings, idOf, indexNow, put, putting, scopeOf } from './putting.ts'
import { serialGuid } from './sample.ts'

const broken = (change: (elements: DataElement[]) => DataElement[]) => change(elementsFor('broken'))
const without = (type: DataElement['body']['type']) => broken((all) => all.filter(({ body }) => body.type !== type))

describe('Put Changes fails, and changes nothing,', () => {
  const failures: readonly (readonly [string, readonly DataElement[], SubRequest, number])[] = [
    ['without its storage index', without('storageIndex'), putting(undefined), cellFaults.ReferencedElementNotFound],
    [
      'without the index that is expected',
      elementsFor('x'),
      put({ index: idOf(1), expected: idOf(7) }),
      cellFaults.ReferencedElementNotFound,
    ],
    [
      'where the index is something else',
      elementsFor('x'),
      put({ index: elementsFor('x')[0]?.id ?? idOf(0) }),
      cellFaults.ReferencedElementNotFound,
    ],
    ...(['storageManifest', 'cellManifest', 'revisionManifest', 'objectGroup'] as const).map(
      (type) =>
        [`without its ${type}`, without(type), putting(undefined), cellFaults.ReferencedElementNotFound] as const,
    ),
    [
      'with a schema that is no file',
      broken((all) =>
        all.map((each) =>
          each.body.type === 'storageManifest' ? { ...each, body: { ...each.body, schema: serialGuid } } : each,
        ),
      ),
      putting(undefined),
      cellFaults.RequestNotSupported,
    ],
    ['as a part with an index', elementsFor('x'), put({ index: idOf(1) }, ['partial']), cellFaults.InvalidArgument],
    [
      'with keys that nothing leads to, where that is checked',
      broken((all) =>
        all
          .map((each) =>
            each.body.type === 'storageIndex'
              ? {
                  ...each,
                  body: {
                    ...each.body,
                    cells: [
                      ...each.body.cells,
                      { cell: `${idOf(50)}/${idOf(51)}` as const, element: idOf(52), serial: undefined },
                    ],
                  },
                }
              : each,
          )
          .concat([
            { id: idOf(52), serial: undefined, body: { type: 'storageManifest', schema: serialGuid, roots: [] } },
          ]),
      ),
      put({ index: idOf(1) }, [], ['requireStorageMappingsRooted']),
      cellFaults.CoherencyFailure,
    ],
  ]

  test.each(failures)('%s', async (_, elements, subRequest, code) => {
    const file = memoryContent(Buffer.from('as before'))
    const scope = scopeOf(file.content)
    const before = await indexNow(scope)
    expect(endings(await ask(scope, [subRequest], elements))).toEqual([code])
    expect(file.bytes()?.toString()).toBe('as before')
    expect(await indexNow(scope)).toEqual(before)
  })

  test('by who may not write, or beyond what there is room for', async () => {
    const file = memoryContent(Buffer.from('as before'))
    const reader = scopeOf(file.content, undefined, { canWrite: false })
    expect(endings(await ask(reader, [putting(undefined)], elementsFor('x')))).toEqual([0x80070005])
    const small = scopeOf(file.content, undefined, { maxBytes: 10 })
    expect(endings(await ask(small, [putting(undefined)], elementsFor('x'.repeat(11))))).toEqual([
      cellFaults.StorageFailure,
    ])
    expect(file.bytes()?.toString()).toBe('as before')
  })

  test('with an id that has another content already, where that is checked', async () => {
    const scope = scopeOf(memoryContent().content)
    const elements = elementsFor('one')
    await ask(scope, [putting(undefined)], elements)
    const reused = elements.map((each) =>
      each.body.type === 'cellManifest' ? { ...each, body: { ...each.body, revision: idOf(3) } } : each,
    )
    const checked = put({ index: idOf(1) }, [], ['checkForIdReuse'])
    expect(endings(await ask(scope, [checked], reused))).toEqual([cellFaults.ExtendedGuidCollision])
    expect(endings(await ask(scope, [checked], elements))).toEqual(['putChanges'])
  })
})
