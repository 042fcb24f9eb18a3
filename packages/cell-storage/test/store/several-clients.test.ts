import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CellScope,
  type CellStore,
  cellsToFile,
  type DataElement,
  type ExtendedGuid,
  isFault,
  type Knowledge,
  memoryCellStore,
  noKnowledge,
  type Partition,
} from '../../src/index.ts'
import { memoryContent } from './memory-content.ts'
import { ask, elementsFor, endings, putting, query, scopeOf } from './putting.ts'
import { serialGuid } from './sample.ts'

describe('Several clients', () => {
  /** A client that has read a file, and writes what it has with its own line behind it. */
  interface Client {
    readonly name: string
    knowledge: Knowledge
    index: DataElement | undefined
    text: string
  }

  async function read(client: Client, scope: CellScope, held: Map<ExtendedGuid, DataElement>): Promise<void> {
    const response = await ask(scope, [query(client.knowledge)])
    const outcome = response.fault ? undefined : response.subResponses[0]?.outcome
    if (!outcome || isFault(outcome) || outcome.type !== 'queryChanges' || response.fault) throw new Error('it failed')
    for (const element of response.elements ?? []) held.set(element.id, element)
    client.knowledge = outcome.knowledge
    client.index = response.elements?.find((each): each is Partition['index'] => each.body.type === 'storageIndex')
    const index = client.index as Partition['index']
    const whole = cellsToFile({ version: 0, serialGuid, nextSerial: 1n, index, elements: held }, 2 ** 20)
    client.text = Buffer.concat(whole.pieces).toString()
  }

  const steps = fc.array(
    fc.tuple(fc.nat({ max: 2 }), fc.constantFrom('read', 'write', 'elsewhere', 'crash'), fc.nat({ max: 40_000 })),
    { maxLength: 20 },
  )

  test('in any order, with files that change by other ways and stores that break off, come to the same', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (todo) => {
        const file = memoryContent(Buffer.from('begin\n'))
        const plain = memoryCellStore()
        let isBroken = false
        const store: CellStore = {
          ...plain,
          async swap(...change) {
            if (isBroken) throw new Error('the power is gone')
            return plain.swap(...change)
          },
        }
        const scope = scopeOf(file.content, store)
        const clients = ['ann', 'bob', 'eve'].map(
          (name): Client => ({ name, knowledge: noKnowledge, index: undefined, text: '' }),
        )
        const caches = clients.map(() => new Map<ExtendedGuid, DataElement>())
        let expected = 'begin\n'
        for (const [who, what, size] of todo) {
          const [client, cache] = [clients[who], caches[who]]
          if (!client || !cache) continue
          if (what === 'read') {
            await read(client, scope, cache)
            expect(client.text).toBe(expected)
          } else if (what === 'elsewhere') {
            expected += `elsewhere ${size}\n`
            file.put(Buffer.from(expected))
          } else if (client.index) {
            const next = `${client.text}${client.name} ${'x'.repeat(size)}\n`
            const elements = [...elementsFor(next, client.name), client.index]
            isBroken = what === 'crash'
            const ended = await ask(scope, [putting(client.index)], elements).then(endings, () => ['crash'])
            isBroken = false
            const isSaved = ended[0] === 'putChanges' || file.bytes()?.toString() === next
            if (isSaved) expected = next
            else if (ended[0] !== 'crash') expect(ended).toEqual([12])
          }
          expect(file.bytes()?.toString()).toBe(expected)
        }
        for (const [index, client] of clients.entries()) {
          await read(client, scope, caches[index] ?? new Map())
          expect(client.text).toBe(expected)
        }
      }),
      { numRuns: 60 },
    )
  })
})
