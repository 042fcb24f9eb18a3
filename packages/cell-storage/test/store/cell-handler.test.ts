import { describe, expect, test } from 'vitest'
import {
  answerEnvelope,
  type CellHandlerScope,
  type CellResponse,
  type CellStore,
  cellFaults,
  cellHandler,
  memoryCellStore,
  partitions,
  readEnvelope,
  readResponse,
} from '../../src/index.ts'
import { bare } from '../envelope/bodies.ts'
import * as vectors from '../vectors.ts'
import { memoryContent } from './memory-content.ts'
import { guids, helloPartition, place } from './sample.ts'

const file = () => memoryContent(Buffer.from('Hello, cell storage!'))

const unlocked: CellHandlerScope['keptOutBy'] = async () => undefined

async function ask(
  base64: string,
  { store = memoryCellStore(), content = file().content, attributes = '', canWrite = true, keptOutBy = unlocked } = {},
) {
  const sub = `<SubRequest Type="Cell" SubRequestToken="1"><SubRequestData BinaryDataSize="1" ${attributes}>${base64}</SubRequestData></SubRequest>`
  const handlers = {
    Cell: cellHandler({
      store,
      content,
      file: place.file,
      canWrite,
      maxBytes: 1_000_000,
      newGuid: guids(),
      now: () => 0,
      keptOutBy,
    }),
  }
  const envelope = readEnvelope(new TextEncoder().encode(bare(sub)))
  const answer = [...(await answerEnvelope(envelope, { handlers, resourceId: 'x' }))].join('')
  const code = /<SubResponse [^>]*ErrorCode="(\w+)"/.exec(answer)?.[1]
  const data = /<SubResponseData[^>]*>([^<]+)</.exec(answer)?.[1]
  return { code, answer, response: data === undefined ? undefined : readResponse(Buffer.from(data, 'base64')) }
}

async function hello(partition: string = partitions.content): Promise<CellStore> {
  const store = memoryCellStore()
  await store.swap({ ...place, partition }, undefined, helloPartition())
  return store
}

const outcomes = (response: CellResponse | undefined) =>
  response?.fault ?? response?.subResponses.map(({ outcome }) => outcome)

describe('A sub-request for cells', () => {
  test('without data does nothing, and succeeds', async () => {
    expect(await ask('')).toMatchObject({ code: 'Success', response: undefined })
  })

  test('answers what a partition holds', async () => {
    const { code, response } = await ask(vectors.queryChanges, { store: await hello() })
    expect(code).toBe('Success')
    expect(response).toMatchObject({ version: 12, subResponses: [{ id: 1n, number: 2 }] })
    expect(response?.fault ?? response?.elements).toHaveLength(6)
  })

  test('is about the partition in the message, or that beside it, or the content', async () => {
    const elementsOf = async (base64: string, partition: string, attributes = '') => {
      const { response } = await ask(base64, { store: await hello(partition), attributes })
      return response?.fault ? -1 : response?.elements?.length
    }
    const metadata = partitions.metadata
    expect(await elementsOf(vectors.queryChanges, metadata)).toBe(6)
    expect(await elementsOf(vectors.queryChanges, metadata, `PartitionID="${metadata.toUpperCase()}"`)).toBe(6)
    expect(await elementsOf(vectors.wordUpdate, partitions.wordUpdate)).toBeGreaterThan(0)
    expect(await elementsOf(vectors.wordUpdate, partitions.wordUpdate, `PartitionID="${metadata}"`)).toBeGreaterThan(0)
    expect((await ask(vectors.queryChanges, { attributes: 'PartitionID="x"' })).code).toBe('InvalidArgument')
  })

  test('that a word processor sent is answered although nothing is there yet', async () => {
    const { code, response } = await ask(vectors.wordUpdate)
    expect(code).toBe('Success')
    expect(outcomes(response)).toMatchObject([{ type: 'queryChanges', flags: { partial: false } }])
  })

  test('answers who may read and write', async () => {
    expect(outcomes((await ask(vectors.queryAccess)).response)).toEqual([{ type: 'queryAccess', read: 0, write: 0 }])
    const { response } = await ask(vectors.queryAccess, { canWrite: false })
    expect(outcomes(response)).toEqual([{ type: 'queryAccess', read: 0, write: 0x80070005 }])
  })

  test('answers extended GUIDs that nobody else gets', async () => {
    const first = outcomes((await ask(vectors.allocateRange)).response)
    expect(first).toMatchObject([{ type: 'allocateRange', from: 1n, to: 1001n }])
  })

  test('says what the file is now, beside its cells, and when that came, where that is asked for', async () => {
    const { answer } = await ask(vectors.queryChanges, { attributes: 'GetFileProps="true"' })
    expect(answer).toContain(
      'Etag="&quot;v1&quot;" CreateTime="133444736000000000" LastModifiedTime="133444736000000000" ModifiedBy="Ann"',
    )
    expect((await ask(vectors.queryChanges)).answer).not.toContain('Time=')
  })

  test('puts a file, which then has another version', async () => {
    const target = memoryContent()
    const { code, answer } = await ask(vectors.putChanges, { content: target.content })
    expect(code).toBe('Success')
    expect(answer).toContain('Etag="&quot;v1&quot;"')
    expect(target.bytes()?.toString()).toBe('Hello, cell storage!')
  })

  test.each([
    ['at another version than the client has', vectors.queryChanges, 'Etag="&quot;v0&quot;"'],
    ['there although none is expected', vectors.putChanges, 'Etag="" ExpectNoFileExists="true"'],
  ])('is refused where the file is %s', async (_, base64, attributes) => {
    const target = file()
    const { code, response } = await ask(base64, { content: target.content, attributes })
    expect(code).toBe('CellRequestFail')
    expect(outcomes(response)).toMatchObject([{ kind: 'cell', code: cellFaults.CoherencyFailure }])
    expect(target.bytes()?.toString()).toBe('Hello, cell storage!')
    const fits = await ask(base64, { attributes: 'Etag="&quot;v1&quot;" ExpectNoFileExists="true"' })
    expect(fits.code).toBe('Success')
  })

  test('that puts content into a file that somebody else holds is refused, and one that reads is not', async () => {
    const asked: (string | undefined)[] = []
    const keptOutBy = async (lock: string | undefined) => {
      asked.push(lock)
      return lock === 'mine' ? undefined : 'Bob'
    }
    const target = memoryContent()
    const { code, answer, response } = await ask(vectors.putChanges, { content: target.content, keptOutBy })
    expect(code).toBe('FileAlreadyLockedOnServer')
    expect(answer).toContain('HResult="-2147024863" ErrorMessage="Bob"')
    expect(outcomes(response)).toMatchObject([{ kind: 'hresult', code: 0x80070021 }])
    expect(target.bytes()).toBeUndefined()
    const metadata = `PartitionID="${partitions.metadata}"`
    expect((await ask(vectors.putChanges, { content: target.content, keptOutBy, attributes: metadata })).code).toBe(
      'Success',
    )
    const own = 'BypassLockID="mine"'
    expect((await ask(vectors.putChanges, { content: target.content, keptOutBy, attributes: own })).code).toBe(
      'Success',
    )
    expect((await ask(vectors.queryChanges, { keptOutBy })).code).toBe('Success')
    expect(asked).toEqual([undefined, 'mine'])
  })

  test('about a file that is not there fails, unless it brings it', async () => {
    for (const base64 of [vectors.queryChanges, vectors.queryAccess]) {
      const { code, response } = await ask(base64, { content: memoryContent().content })
      expect(code).toBe('CellRequestFail')
      expect(outcomes(response)).toMatchObject([{ kind: 'hresult', code: 0x80070002 }])
    }
  })

  test.each([
    ['that breaks off', vectors.queryChanges.slice(0, 60), { kind: 'protocol', code: 50 }],
    ['that is no message', Buffer.from('Hello, world, this is it').toString('base64'), { kind: 'protocol', code: 108 }],
    [
      'of another version',
      `Dw${vectors.queryChanges.slice(2)}`,
      { kind: 'cell', code: cellFaults.IncompatibleProtocolVersion },
    ],
  ])('%s fails in the envelope and in bytes', async (_, base64, fault) => {
    const { code, response } = await ask(base64)
    expect(code).toBe('CellRequestFail')
    expect(response?.fault).toMatchObject(fault)
  })
})
