import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { committed, emptyPartition, fileToCells } from '@openwopi/cell-storage'
import { expect, onTestFinished, test } from 'vitest'
import { folderBlobs } from '../../src/blobs/folder-blobs.ts'
import type { Fault, FsckOptions } from '../../src/fsck/fault.ts'
import { openDatabase } from '../../src/open-database.ts'
import type { SqlStorage } from '../../src/sql-storage.ts'
import { type Databases, overEach } from '../databases.ts'
import { ann, content, openTestStorage, text, textOf, there } from '../open-test-storage.ts'

/** A storage over files, with what lies under it. */
async function openOnDisk(databases: Databases) {
  const folder = mkdtempSync(join(tmpdir(), 'openwopi-fsck-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const blobs = folderBlobs({ folder })
  const storage = await openTestStorage(databases, { blobs })
  const { db } = await openDatabase(storage.database)
  onTestFinished(() => db.destroy())
  const blobOf = async (id: string) =>
    there((await db.selectFrom('entries').select('blob').where('id', '=', id).executeTakeFirst())?.blob ?? undefined)
  return { ...storage, db, blobs, blobOf, placeOf: (key: string) => join(folder, key.slice(0, 3), key) }
}

async function faultsOf({ fsck }: Pick<SqlStorage, 'fsck'>, options?: FsckOptions): Promise<readonly Fault[]> {
  const faults: Fault[] = []
  for await (const fault of fsck(options)) faults.push(fault)
  return faults
}

/** What is wrong in a few words each. */
const words = (faults: readonly Fault[]) =>
  faults.map(({ what, path, repair }) => [what, path, repair].filter(Boolean).join(', '))

const create = async ({ storage }: SqlStorage, name: string, words: string, parentId = 'root') =>
  there(await storage.create(parentId, [name], content(words), ann))

overEach((databases) => {
  test('Where all is well, nothing is found, however it is looked for.', async () => {
    const opened = await openOnDisk(databases)
    const folder = there(await opened.containers.create('root', 'Reports'))
    const file = await create(opened, 'a.txt', 'one', folder.id)
    await opened.storage.write(file, content('two'), ann)
    const removed = await create(opened, 'b.txt', 'one')
    await opened.storage.remove(removed, ann)
    const upload = there(await opened.uploads.begin({ fileId: file.id, userId: 'ann' }))
    await opened.uploads.add(upload.token, 0, content('half'))
    let checked = 0
    const onChecked = (size: number) => {
      checked += size
    }
    expect(await faultsOf(opened, { onChecked })).toEqual([])
    expect(await faultsOf(opened, { isQuick: true })).toEqual([])
    expect(checked).toBe(9)
  })

  test('A damaged content is found, and never read as if it were whole.', async () => {
    const opened = await openOnDisk(databases)
    const file = await create(opened, 'a.txt', 'one')
    await writeFile(opened.placeOf(await opened.blobOf(file.id)), 'oNe')
    await expect(textOf(opened, file)).rejects.toThrow('a.txt is damaged')
    expect(words(await faultsOf(opened, { repairs: true }))).toEqual(['content damaged, a.txt, none'])
  })

  test('A missing content is found with the file and the version it hits, in a quick check too.', async () => {
    const opened = await openOnDisk(databases)
    const folder = there(await opened.containers.create('root', 'Reports'))
    const first = await create(opened, 'a.txt', 'one', folder.id)
    const blob = await opened.blobOf(first.id)
    await opened.storage.write(first, content('two'), ann)
    await rm(opened.placeOf(blob))
    const fault = { what: 'content missing', path: 'Reports/a.txt', fileId: first.id, version: first.version }
    const expected = [{ ...fault, isPresent: false, blob, repair: 'none' }]
    expect(await faultsOf(opened)).toEqual(expected)
    expect(await faultsOf(opened, { isQuick: true })).toEqual(expected)
  })

  test('What is lost comes back where an equal content is kept anywhere.', async () => {
    const opened = await openOnDisk(databases)
    const file = await create(opened, 'a.txt', 'same')
    const other = await create(opened, 'b.txt', 'same')
    await rm(opened.placeOf(await opened.blobOf(file.id)))
    expect(words(await faultsOf(opened))).toEqual(['content missing, a.txt, possible'])
    expect(words(await faultsOf(opened, { repairs: true }))).toEqual(['content missing, a.txt, done'])
    expect(await textOf(opened, file)).toBe('same')
    expect(await faultsOf(opened)).toEqual([])
    await opened.storage.remove(other, ann)
    await opened.trash.empty()
    await opened.sweep({ grace: 0 })
    expect(await text(await opened.versions.read(file.id, file.version))).toBe('same')
  })

  test('A content that a sweep would take away although it is in use is guarded again.', async () => {
    const opened = await openOnDisk(databases)
    const file = await create(opened, 'a.txt', 'one')
    await opened.db.deleteFrom('blobs').execute()
    expect(words(await faultsOf(opened))).toEqual(['content not guarded, a.txt, possible'])
    expect(words(await faultsOf(opened, { repairs: true }))).toEqual(['content not guarded, a.txt, done'])
    await opened.sweep({ grace: 0 })
    await opened.sweep({ grace: 0 })
    expect(await textOf(opened, file)).toBe('one')
    expect(await faultsOf(opened)).toEqual([])
  })

  test('A content that nothing refers to any more is let go of, and swept after its time of grace.', async () => {
    const opened = await openOnDisk(databases)
    const file = await create(opened, 'a.txt', 'one')
    const blob = await opened.blobOf(file.id)
    await opened.db.deleteFrom('versions').execute()
    await opened.db.deleteFrom('entries').where('id', '=', file.id).execute()
    expect(await faultsOf(opened, { repairs: true })).toEqual([{ what: 'content forgotten', blob, repair: 'done' }])
    expect((await opened.sweep()).removed).toBe(0)
    expect((await opened.sweep({ grace: -1 })).removed).toBe(1)
    expect(await opened.blobs.get(blob)).toBeUndefined()
  })

  test('A file that says something else than its history follows its history.', async () => {
    const opened = await openOnDisk(databases)
    const file = await create(opened, 'a.txt', 'one')
    await opened.db.updateTable('entries').set({ size: 99 }).where('id', '=', file.id).execute()
    expect(words(await faultsOf(opened))).toEqual(['history differs, a.txt, possible'])
    expect(words(await faultsOf(opened, { repairs: true }))).toEqual(['history differs, a.txt, done'])
    expect((await opened.storage.find(file.id))?.size).toBe(3)
    expect(await faultsOf(opened)).toEqual([])
  })

  test('What lies in folders that are not there, or in themselves, is put within reach, with all that is in it.', async () => {
    const opened = await openOnDisk(databases)
    await create(opened, 'a.txt', 'in the way')
    const [one, two, three] = [
      there(await opened.containers.create('root', 'One')),
      there(await opened.containers.create('root', 'Two')),
      there(await opened.containers.create('root', 'Three')),
    ]
    const orphan = await create(opened, 'a.txt', 'one', one.id)
    const inside = await create(opened, 'b.txt', 'two', two.id)
    await opened.db.deleteFrom('entries').where('id', '=', one.id).execute()
    await opened.db.updateTable('entries').set({ parent_id: three.id }).where('id', '=', two.id).execute()
    await opened.db.updateTable('entries').set({ parent_id: two.id }).where('id', '=', three.id).execute()
    expect((await faultsOf(opened)).map(({ what }) => what)).toEqual(Array(4).fill('out of reach'))
    expect(await faultsOf(opened, { repairs: true })).toHaveLength(2)
    expect(await faultsOf(opened)).toEqual([])
    expect((await opened.storage.find(orphan.id))?.name).toBe('a (2).txt')
    expect((await opened.containers.ancestors(there(await opened.storage.find(inside.id)).parentId)).at(0)?.id).toBe(
      'root',
    )
  })

  test('A store that cannot be asked is an error, and no fault of what it holds.', async () => {
    const opened = await openOnDisk(databases)
    await create(opened, 'a.txt', 'one')
    const failing = await openTestStorage(databases, {
      database: opened.database,
      blobs: {
        ...opened.blobs,
        get: () => Promise.reject(new Error('the network is down')),
      },
    })
    await expect(faultsOf(failing, { repairs: true })).rejects.toThrow('the network is down')
    expect(await faultsOf(opened)).toEqual([])
  })

  test('Cells that cannot be read, or are no whole file, are found, and forgotten where that is wanted.', async () => {
    const opened = await openOnDisk(databases)
    const [whole, torn, cut] = [
      await create(opened, 'whole.docx', 'one'),
      await create(opened, 'torn.docx', 'two'),
      await create(opened, 'cut.docx', 'three'),
    ]
    const place = (file: string) => ({ file, partition: '00000000-0000-0000-0000-000000000000' })
    for (const { id } of [whole, torn, cut]) {
      const made = committed(emptyPartition(randomUUID()), fileToCells(id, new TextEncoder().encode(id)), randomUUID)
      const cells = { ...made, source: '1' }
      expect(await opened.cellStore.swap(place(id), undefined, cells)).toBe(true)
    }
    expect(await faultsOf(opened)).toEqual([])
    await opened.db
      .updateTable('cell_elements')
      .set({ element: Uint8Array.of(1, 2, 3) })
      .where('file_id', '=', torn.id)
      .execute()
    await opened.db.deleteFrom('cell_elements').where('file_id', '=', cut.id).execute()
    expect(words(await faultsOf(opened)).sort()).toEqual([
      'cells damaged, cut.docx, possible',
      'cells damaged, torn.docx, possible',
    ])
    expect(words(await faultsOf(opened, { repairs: true }))).toHaveLength(2)
    expect(await faultsOf(opened)).toEqual([])
    expect(await opened.cellStore.read(place(torn.id))).toBeUndefined()
    expect(await opened.cellStore.read(place(whole.id))).toBeDefined()
  })
})
