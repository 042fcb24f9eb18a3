import { inflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  type Attributes,
  answerCells,
  cellsToFile,
  editorsHandler,
  flagsWith,
  lockHandlers,
  memoryCellLocks,
  memoryCellStore,
  memoryEditorsTables,
  partitions,
  queryFlags,
  readResponse,
} from '../../src/index.ts'
import { editorsTableBytes } from '../../src/mapping/editors-to-cells.ts'
import { emptyPartition, type Partition } from '../../src/store/partition.ts'
import { memoryContent } from '../store/memory-content.ts'
import { guids } from '../store/sample.ts'
import * as vectors from '../vectors.ts'

/** A file with a table of editors, which clients change and read. */
function office() {
  const clock = { now: 1_700_000_000_000 }
  const editors = memoryEditorsTables()
  const store = memoryCellStore()
  const newGuid = guids()
  const ask = async (attributes: Attributes, { canWrite = true, exists = true, minorVersion = 2, value = '' } = {}) => {
    const caller = { login: 'ann', name: 'Ann', email: 'ann@example.org', isAnonymous: false, canWrite }
    const handle = editorsHandler({ editors, file: '42', exists: async () => exists, caller, now: () => clock.now })
    const bytes = Buffer.from(value)
    const all = { ClientID: 'c1', Timeout: '3600', AsEditor: 'true', ...attributes }
    const subRequest = { type: 'EditorsTable', token: '1', attributes: all, propertyIds: [], bytes }
    return (await handle(subRequest, { minorVersion, request: {} })).errorCode
  }
  const join = (more: Attributes = {}) => ask({ EditorsTableRequestType: 'JoinEditingSession', ...more })
  const update = (key: string, value: string) =>
    ask({ EditorsTableRequestType: 'UpdateEditorMetadata', Key: key }, { value })
  /** The table as a client reads it, and the number of elements that it was sent. */
  const read = async (knowledge?: object) => {
    const query = {
      id: 1n,
      priority: 0n,
      partition: partitions.editorsTable,
      type: 'queryChanges',
      flags: flagsWith(queryFlags),
      filters: [],
      ...(knowledge as object),
    } as const
    const scope = {
      store,
      editors,
      content: memoryContent().content,
      file: '42',
      canWrite: true,
      maxBytes: 2 ** 20,
      newGuid,
      now: () => clock.now,
    }
    const response = await answerCells({ version: 12, subRequests: [query] }, scope)
    const partition = await store.read({ file: '42', partition: partitions.editorsTable })
    if (response.fault || !partition) throw new Error('it failed')
    const bytes = Buffer.concat(cellsToFile(partition, 2 ** 20).pieces)
    expect(bytes.subarray(0, 8).toString('hex')).toBe('1a5a3a3000000000')
    return { xml: inflateRawSync(bytes.subarray(8)).toString(), elements: response.elements?.length }
  }
  return { clock, editors, ask, join, update, read }
}

const namesIn = (xml: string) => [...xml.matchAll(/<CacheID>([^<]*)</g)].map(([, name]) => name)

describe('The table of editors', () => {
  test('is sent as others send it', () => {
    const editor = {
      clientId: 'c1',
      name: 'Ann',
      login: 'ann',
      email: 'ann@example.org',
      canWrite: true,
      expiresAt: (639000000000000000 - 621355968000000000) / 10_000,
      metadata: { k1: Buffer.from('ab', 'utf16le').toString('base64') },
    }
    const response = readResponse(Uint8Array.from(Buffer.from(vectors.editorsTable, 'base64')))
    const elements = response.fault ? [] : (response.elements ?? [])
    const index = elements.find((each): each is Partition['index'] => each.body.type === 'storageIndex')
    if (!index) throw new Error('the sample has no index')
    const partition = { ...emptyPartition('x'), index, elements: new Map(elements.map((each) => [each.id, each])) }
    expect(Buffer.concat(cellsToFile(partition, 1000).pieces).toString('hex')).toBe(
      Buffer.concat(editorsTableBytes([editor])).toString('hex'),
    )
  })

  test('is empty until somebody joins, and after they have left', async () => {
    const { join, ask, read } = office()
    expect((await read()).xml).toBe('<EditorsTable/>')
    expect(await join()).toBe('Success')
    expect(await join({ ClientID: 'c2' })).toBe('Success')
    expect(namesIn((await read()).xml)).toEqual(['c1', 'c2'])
    expect(await ask({ EditorsTableRequestType: 'LeaveEditingSession' })).toBe('Success')
    expect(namesIn((await read()).xml)).toEqual(['c2'])
    expect(await ask({ EditorsTableRequestType: 'LeaveEditingSession', ClientID: 'c9' })).toBe('Success')
  })

  test('loses who has not been heard of in time', async () => {
    const { clock, join, ask, read } = office()
    await join({ Timeout: '60' })
    await join({ ClientID: 'c2', Timeout: '120' })
    clock.now += 60_000
    expect(namesIn((await read()).xml)).toEqual(['c2'])
    await ask({ EditorsTableRequestType: 'RefreshEditingSession', ClientID: 'c2', Timeout: '120' })
    clock.now += 100_000
    expect(namesIn((await read()).xml)).toEqual(['c2'])
  })

  test('holds what a client lets others know: four keys, none of them too long', async () => {
    const { join, update, ask, read } = office()
    expect(await update('k1', 'v')).toBe('EditorClientIdNotFound')
    await join()
    for (const key of ['k1', 'k2', 'k3', 'k4']) expect(await update(key, `of ${key}`)).toBe('Success')
    expect(await update('k5', 'v')).toBe('EditorMetadataQuotaReached')
    expect(await update('k1', 'another')).toBe('Success')
    expect(await update('k'.repeat(65), 'v')).toBe('EditorMetadataStringExceedsLengthLimit')
    expect(await update('k1', 'v'.repeat(1025))).toBe('EditorMetadataStringExceedsLengthLimit')
    expect(await update('no name', 'v')).toBe('InvalidArgument')
    expect((await read()).xml).toContain(`<k1>${Buffer.from('another').toString('base64')}</k1>`)
    expect(await ask({ EditorsTableRequestType: 'RemoveEditorMetadata', Key: 'k1' })).toBe('Success')
    expect((await read()).xml).not.toContain('<k1>')
    await join()
    expect((await read()).xml).toContain('<k2>')
  })

  test('says who only reads, and lets who may not write be no editor', async () => {
    const { ask, read } = office()
    const type = { EditorsTableRequestType: 'JoinEditingSession' }
    expect(await ask(type, { canWrite: false })).toBe('FileUnauthorizedAccess')
    expect(await ask({ ...type, AsEditor: 'false' }, { canWrite: false })).toBe('Success')
    expect((await read()).xml).toContain('<HasEditorPermission>false</HasEditorPermission>')
    // Whoever only reads is listed with what they may do.
    expect(await ask({ ...type, AsEditor: 'false' })).toBe('Success')
    expect((await read()).xml).toContain('<HasEditorPermission>true</HasEditorPermission>')
  })

  test('is not asked for with what is missing, unheard of, or about a file that is not there', async () => {
    const { ask, join } = office()
    expect(await join({ ClientID: '' })).toBe('InvalidArgument')
    expect(await join({ Timeout: '59' })).toBe('InvalidArgument')
    expect(await ask({ EditorsTableRequestType: 'toString' })).toBe('InvalidArgument')
    expect(await ask({ EditorsTableRequestType: 'JoinEditingSession' }, { exists: false })).toBe(
      'FileNotExistsOrCannotBeCreated',
    )
    expect(await ask({ EditorsTableRequestType: 'JoinEditingSession' }, { minorVersion: 0 })).toBe('InvalidSubRequest')
  })

  test('has who takes a lock that others may share, and who gives it back no longer', async () => {
    const { editors, clock } = office()
    const caller = { login: 'bob', name: 'Bob', isAnonymous: false, canWrite: true }
    const { Coauth } = lockHandlers({
      locks: memoryCellLocks(),
      editors,
      file: '42',
      exists: async () => true,
      caller,
      transitionId: 't',
      allowsCoauth: true,
      mostClients: 9,
      now: () => clock.now,
    })
    const ask = (type: string, minorVersion: number) =>
      Coauth(
        {
          type: 'Coauth',
          token: '1',
          propertyIds: [],
          attributes: { CoauthRequestType: type, ClientID: 'c7', SchemaLockID: 's', Timeout: '3600' },
        },
        { minorVersion, request: {} },
      )
    await ask('JoinCoauthoring', 0)
    expect(await editors.read('42')).toEqual([])
    await ask('JoinCoauthoring', 2)
    expect(await editors.read('42')).toMatchObject([{ clientId: 'c7', name: 'Bob', canWrite: true }])
    await ask('ExitCoauthoring', 2)
    expect(await editors.read('42')).toEqual([])
  })
})
