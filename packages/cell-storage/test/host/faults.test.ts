import { describe, expect, test } from 'vitest'
import {
  CellFault,
  cellFaults,
  createCellStorage,
  memoryCellFile,
  memoryCellStore,
  memoryEditorsTables,
  partitions,
  protocolFaults,
  readRequest,
  readResponse,
} from '../../src/index.ts'
import { bare } from '../envelope/bodies.ts'
import * as vectors from '../vectors.ts'
import { cell, coauth, codesIn, openWorld, sub } from './world.ts'

const bytesOf = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64'))

/** All faults that a message is refused with when one of its bytes is another one. */
function faultsIn(base64: string): Set<string> {
  const found = new Set<string>()
  const bytes = bytesOf(base64)
  for (let at = 0; at < bytes.length; at++) {
    for (let other = 1; other < 256; other += 2) {
      const changed = bytes.slice()
      changed[at] = (changed[at] ?? 0) ^ other
      try {
        readRequest(changed)
      } catch (error) {
        if (error instanceof CellFault) found.add(`${error.fault.kind} ${error.fault.code}`)
        else throw error
      }
    }
  }
  return found
}

describe('What is wrong with a message is told by its number', () => {
  test('where its bytes are wrong, by those of the protocol', () => {
    const found = faultsIn(vectors.elementTypeFilter)
    for (const name of [
      'IncompleteRequest',
      'InvalidRequest',
      'StreamObjectInvalid',
      'StreamObjectUnexpected',
    ] as const)
      expect(found).toContain(`protocol ${protocolFaults[name]}`)
    expect(found).toContain(`cell ${cellFaults.UnknownFilter}`)
  })

  test('where it asks for what nobody knows, and puts where the server alone does', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx', 'x')
    const faultOf = async (base64: string, attributes = '') => {
      const { text, codes } = await world.ask(file, cell(1, base64, attributes))
      expect(codes).toEqual(['CellRequestFail'])
      const [, data = ''] = /<SubResponseData[^>]*>([^<]+)</.exec(text) ?? []
      const response = readResponse(bytesOf(data))
      const [first] = response.fault ? [] : response.subResponses
      return response.fault?.code ?? (first && 'code' in first.outcome ? first.outcome.code : undefined)
    }
    expect(await faultOf(vectors.putChanges, `PartitionID="${partitions.editorsTable}"`)).toBe(
      cellFaults.StorageReadOnly,
    )
    const other = bytesOf(vectors.queryAccess)
    const at = Buffer.from(other).indexOf(bytesOf('FgIGAAUD'))
    expect(at).toBeGreaterThan(0)
    other[at + 5] = 7 // type 3, which is known by its name alone
    expect(await faultOf(Buffer.from(other).toString('base64'))).toBe(cellFaults.UnknownRequest)
  })
})

describe('A client that is never faster than others', () => {
  const never = async () => false
  const storage = createCellStorage({
    store: memoryCellStore(),
    locks: { read: async () => undefined, foreign: async () => undefined, swap: never },
    editors: { ...memoryEditorsTables(), swap: never },
  })
  const joining = sub(
    'EditorsTable',
    1,
    'EditorsTableRequestType="JoinEditingSession" ClientID="c1" Timeout="3600" AsEditor="false"',
  )

  test.each([
    ['locks', coauth(1, 'JoinCoauthoring')],
    ['the table of editors', joining],
  ])('is told so after a number of tries: %s', async (_, subRequest) => {
    const caller = { login: 'ann', name: 'Ann', isAnonymous: false, canWrite: true }
    const about = memoryCellFile({ bytes: Buffer.from('x'), by: caller, now: () => 0 })
    const answer = await storage.answer({
      ...about,
      body: new TextEncoder().encode(bare(subRequest)),
      file: '1',
      caller,
    })
    expect(codesIn([...answer.body].join(''))).toEqual(['CoauthRefblobConcurrencyViolation'])
  })
})
