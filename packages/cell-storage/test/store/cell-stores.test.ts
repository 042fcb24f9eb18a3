import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@openwopi/storage-folder/database'
import { describe, expect, onTestFinished, test } from 'vitest'
import { cellStoreContract, editorsTablesContract } from '../../src/contract/index.ts'
import { cellTables, memoryCellStore, memoryEditorsTables, sqliteCellStore } from '../../src/index.ts'
import { helloPartition, place } from './sample.ts'

describe('In memory', () => {
  editorsTablesContract(test, async () => memoryEditorsTables())
  cellStoreContract(test, async () => memoryCellStore())
})

async function database() {
  const folder = mkdtempSync(join(tmpdir(), 'openwopi-cells-'))
  const path = join(folder, 'cells.sqlite')
  const opened = await openDatabase(path, [cellTables])
  onTestFinished(() => {
    opened.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { path, opened }
}

describe('In SQLite', () => {
  cellStoreContract(test, async () => sqliteCellStore((await database()).opened))

  test('What was put is there when the database is opened again.', async () => {
    const { path, opened } = await database()
    const partition = helloPartition()
    await sqliteCellStore(opened).swap(place, undefined, partition)
    const again = await openDatabase(path, [cellTables])
    const read = await sqliteCellStore(again).read(place)
    again.close()
    expect(read?.index).toEqual(partition.index)
    expect([...(read?.elements.keys() ?? [])].sort()).toEqual([...partition.elements.keys()].sort())
  })

  test('A swap that breaks off has changed nothing.', async () => {
    const { opened } = await database()
    const store = sqliteCellStore(opened)
    const partition = helloPartition()
    await store.swap(place, undefined, partition)
    const broken = new Map(partition.elements)
    broken.set('x:1', { id: 'x:1', serial: undefined, body: { type: 'cellManifest', revision: 'no guid:1' } })
    const to = { ...partition, version: 9, elements: broken }
    await expect(store.swap(place, partition, to)).rejects.toThrow(RangeError)
    expect((await store.read(place))?.version).toBe(partition.version)
  })
})
