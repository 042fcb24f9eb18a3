import { expect, test } from 'vitest'
import { memoryBlobs } from '../src/memory-blobs.ts'
import { openDatabase } from '../src/open-database.ts'
import { sqlStorage } from '../src/sql-storage.ts'
import { overEach } from './databases.ts'
import { ann, bob, content, openTestStorage, standingClock, text, textOf, there } from './open-test-storage.ts'

overEach((databases) => {
  const open = () => openTestStorage(databases)

  test('two names that differ in case, or in how an accent is written, are one name', async () => {
    const { storage, containers, byPath } = await open()
    const file = there(await storage.create('root', ['Élan.docx'], content('x'), ann))
    for (const same of ['élan.DOCX', 'E\u0301lan.docx']) {
      expect(await storage.create('root', [same], content('y'), ann)).toBeUndefined()
      expect(await containers.create('root', same)).toBeUndefined()
      expect((await storage.child('root', same))?.id).toBe(file.id)
      expect((await byPath(same))?.id).toBe(file.id)
    }
    expect((await storage.rename(file, 'ÉLAN.docx'))?.name).toBe('ÉLAN.docx')
    expect(await storage.create('root', ['Elan.docx'], content('y'), ann)).toBeDefined()
  })

  test('what cannot be the name of a file makes none', async () => {
    const { storage, containers } = await open()
    for (const name of ['', '.', '..', 'a/b', 'a\0b', '\ud83d', 'x'.repeat(256)]) {
      await expect(storage.create('root', [name], content('x'), ann)).rejects.toThrow(/cannot be the name/)
      await expect(containers.create('root', name)).rejects.toThrow(/cannot be the name/)
    }
  })

  test('earlier versions are kept as they were, with who made them', async () => {
    const { storage, versions } = await open()
    const first = there(await storage.create('root', ['a'], content('one'), ann))
    const second = there(await storage.write(first, content('two!'), { ...bob, editors: ['bob', 'eve'] }))
    const list = await versions.list(first.id)
    expect(list.map(({ version, size, by }) => [version, size, by?.id])).toEqual([
      [second.version, 4, 'bob'],
      [first.version, 3, 'ann'],
    ])
    expect(list[0]?.editors).toEqual(['bob', 'eve'])
    expect(await text(await versions.read(first.id, first.version))).toBe('one')
    for (const other of ['', '1', '1.', '9.x', '../x', `${first.version}x`])
      expect(await versions.read(first.id, other)).toBeUndefined()
  })

  test('autosaves of one person within ten minutes become one version, and everyone who had a part is named', async () => {
    const { now, later } = standingClock()
    const { storage, versions } = await openTestStorage(databases, { now })
    let file = there(await storage.create('root', ['a'], content('0'), ann))
    const saved = async (text: string, change: object) => {
      file = there(await storage.write(file, content(text), { ...ann, ...change }))
      return (await versions.list(file.id)).length
    }
    expect(await saved('1', { isAutosave: true, editors: ['ann'] })).toBe(2)
    expect(await saved('2', { isAutosave: true, editors: ['eve'] })).toBe(2)
    expect((await versions.list(file.id))[0]?.editors).toEqual(['ann', 'eve'])
    later(10 * 60_000)
    expect(await saved('3', { isAutosave: true })).toBe(3)
    expect(await saved('4', { isAutosave: true, ...bob })).toBe(4)
    expect(await saved('5', bob)).toBe(5)
    expect(await saved('6', { isAutosave: true, ...bob })).toBe(6)
    expect(await textOf({ storage }, file)).toBe('6')
  })

  test('a removed file comes back with its id, its content and its versions, under a free name', async () => {
    const { storage, trash, containers, versions } = await open()
    const folder = there(await containers.create('root', 'Folder'))
    const file = there(await storage.create(folder.id, ['a.txt'], content('one'), ann))
    const saved = there(await storage.write(file, content('two'), bob))
    await storage.remove(saved, bob)
    expect((await trash.list()).map(({ file, by }) => [file.name, by.id])).toEqual([['a.txt', 'bob']])
    await storage.create(folder.id, ['A.TXT'], content('other'), ann)
    const restored = there(await trash.restore(file.id))
    expect([restored.id, restored.name, restored.version]).toEqual([file.id, 'a (2).txt', saved.version])
    expect(await textOf({ storage }, restored)).toBe('two')
    expect(await versions.list(file.id)).toHaveLength(2)
    expect(await trash.restore(file.id)).toBeUndefined()
  })

  test('a file whose folders have been removed brings them back', async () => {
    const { storage, trash, containers } = await open()
    const outer = there(await containers.create('root', 'outer'))
    const inner = there(await containers.create(outer.id, 'inner'))
    const file = there(await storage.create(inner.id, ['a'], content('x'), ann))
    await storage.remove(file, ann)
    expect(await containers.remove(inner)).toBe(true)
    expect(await containers.remove(outer)).toBe(true)
    const taken = there(await containers.create('root', 'OUTER'))
    const restored = there(await trash.restore(file.id))
    expect((await containers.ancestors(restored.id)).map(({ id }) => id)).toEqual(['root', taken.id, inner.id])
  })

  test('what is emptied from the trash is gone for good, with all that was known about it', async () => {
    const { storage, trash, versions, activities } = await open()
    const file = there(await storage.create('root', ['a'], content('x'), ann))
    const other = there(await storage.create('root', ['b'], content('x'), ann))
    await activities.add(
      file.id,
      [
        {
          ...{ id: '1', action: 'created', contentId: 'c', isReply: false },
          people: [{ id: 'bob', name: 'Bob', provider: 'p', isMentioned: true }],
        },
      ],
      ann.by,
    )
    for (const each of [file, other]) await storage.remove(each, ann)
    await trash.empty(file.id)
    expect((await trash.list()).map(({ file }) => file.id)).toEqual([other.id])
    expect(await versions.list(file.id)).toEqual([])
    expect(await activities.mentioning('bob', 10)).toEqual([])
    await trash.empty()
    expect(await trash.list()).toEqual([])
  })

  test('names are found by a part of them, without case and accents, and no character stands for others', async () => {
    const { storage, containers, search } = await open()
    const folder = there(await containers.create('root', 'Über uns'))
    await storage.create(folder.id, ['Größe 100%.docx'], content('x'), ann)
    await storage.create(folder.id, ['100_000.txt'], content('x'), ann)
    expect(await search('GROSSE', 10)).toEqual([])
    expect((await search('größe', 10)).map(({ name, path }) => [name, path])).toEqual([
      ['Größe 100%.docx', ['Über uns']],
    ])
    expect((await search('UBER', 10)).map(({ kind, path }) => [kind, path])).toEqual([['folder', []]])
    expect((await search('0%', 10)).map(({ name }) => name)).toEqual(['Größe 100%.docx'])
    expect((await search('0_0', 10)).map(({ name }) => name)).toEqual(['100_000.txt'])
    for (const odd of ['', '\0', '\\', "'", '%%']) expect(await search(odd, 10)).toEqual([])
  })

  test('a page that does not follow another in the same order is refused', async () => {
    const { storage, containers } = await open()
    for (const name of ['a', 'b']) await storage.create('root', [name], content(name), ann)
    const { next = '' } = await containers.children('root', { limit: 1, sort: 'name' })
    await expect(containers.children('root', { limit: 1, sort: 'size', after: next })).rejects.toThrow(RangeError)
    for (const after of ['', 'x', 'W10', btoa('[1,null,"a"]'), btoa('[1,"a\\u0000","a"]')])
      await expect(containers.children('root', { limit: 1, after })).rejects.toThrow(RangeError)
  })

  test('nodes that start on an empty database at once all start', async () => {
    const database = await databases.fresh()
    const blobs = memoryBlobs()
    const nodes = await Promise.all(Array.from({ length: 4 }, () => sqlStorage({ database, blobs })))
    const roots = await Promise.all(nodes.map(({ containers }) => containers.root()))
    expect(new Set(roots.map(({ id }) => id)).size).toBe(1)
    await Promise.all(nodes.map((node) => node.close()))
  })

  test('a database of a newer version is not opened', async () => {
    const database = await databases.fresh()
    const { db } = await openDatabase(database)
    const newer = { name: '999-future', timestamp: '2999' }
    await db
      .insertInto('storage_migrations' as never)
      .values(newer as never)
      .execute()
    try {
      await expect(openDatabase(database)).rejects.toThrow(/newer version/)
    } finally {
      await db
        .deleteFrom('storage_migrations' as never)
        .where('name' as never, '=', '999-future' as never)
        .execute()
      await db.destroy()
    }
  })

  test('a storage that is closed lets calls end, and takes no more', async () => {
    const { storage, close } = await open()
    let go: () => void = () => undefined
    const gate = new Promise<void>((resolve) => {
      go = resolve
    })
    async function* slow() {
      yield Buffer.from('slow')
      await gate
    }
    const making = storage.create('root', ['a'], slow(), ann)
    const closing = close()
    go()
    expect((await making)?.size).toBe(4)
    await closing
    await expect(storage.find('root')).rejects.toThrow(/closed/)
  })
})

test('an address that leads nowhere is refused, and its password not told', async () => {
  for (const database of ['mysql://ann:secret@host/db', 'postgres:host', '', 'sqlite:'])
    await expect(sqlStorage({ database, blobs: memoryBlobs() })).rejects.toThrow(/^a database is postgres:/)
  await expect(sqlStorage({ database: 'sqlite:/no/such/folder/a.db', blobs: memoryBlobs() })).rejects.toThrow(
    /no\/such\/folder\/a\.db cannot be opened/,
  )
  await expect(sqlStorage({ database: 'mysql://ann:secret@host/db', blobs: memoryBlobs() })).rejects.not.toThrow(
    /secret/,
  )
})
