import { describe, expect, test } from 'vitest'
import * as vectors from '../vectors.ts'
import { cell, coauth, objectsIn, openWorld, sub } from './world.ts'

const greeting = 'Hello, cell storage!'
const put = cell(1, vectors.putChanges)
const query = cell(1, vectors.queryChanges)

describe('A file beside another one', () => {
  const beside = { headers: { 'X-WOPI-RelativeTarget': 'caf+AOk-.docx' } }
  const child = (world: Awaited<ReturnType<typeof openWorld>>) => world.storage.child('root', 'café.docx')

  test('comes to be with the first content that is put, with the lock and the editors of the same body', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx', 'x')
    expect((await world.ask(file, query, beside)).codes).toEqual(['CellRequestFail'])
    expect(await child(world)).toBeUndefined()
    const asked = put + coauth(2, 'JoinCoauthoring') + cell(3, vectors.queryChanges)
    expect((await world.ask(file, asked, beside)).codes).toEqual(['Success', 'Success', 'Success'])
    const made = await child(world)
    expect(made && (await world.textOf(made))).toBe(greeting)
    expect(await world.textOf(file)).toBe('x')
    expect(world.events.at(-3)).toMatchObject({ made: { name: 'café.docx' }, lock: 'taken' })
    if (!made) return
    expect((await world.ask(made, coauth(1, 'GetCoauthoringStatus'))).text).toContain('CoauthStatus="Alone"')
    const answers = await Promise.all([world.ask(made, query), world.ask(file, query, beside)])
    for (const { text } of answers) expect(objectsIn(text)).toContain(greeting)
  })

  test('comes to be under the lock that its first save takes', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx', 'x')
    const saving = cell(1, vectors.putChanges, 'ExclusiveLockID="22222222-E813-4793-8E70-ED0344E7B73C" Timeout="3600"')
    expect((await world.ask(file, saving, beside)).codes).toEqual(['Success'])
    const made = await child(world)
    if (!made) throw new Error('it was not made')
    expect((await world.ask(made, sub('LockStatus', 1))).text).toContain('LockType="2"')
    const headers = { 'X-WOPI-Lock': 'A' }
    expect((await world.send(made, { override: 'LOCK', headers })).status).toBe(409)
  })

  test('is the one that is there, by the permissions that the user has for it', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx', 'x')
    const other = await world.make('café.docx', greeting)
    expect(objectsIn((await world.ask(file, query, beside)).text)).toContain(greeting)
    expect((await world.ask(file, coauth(1, 'JoinCoauthoring'), beside)).codes).toEqual(['Success'])
    expect((await world.ask(file, coauth(1, 'JoinCoauthoring', 'c2'), { ...beside, can: ['read'] })).codes).toEqual([
      'FileUnauthorizedAccess',
    ])
    expect((await world.ask(other, coauth(1, 'GetCoauthoringStatus'))).text).toContain('CoauthStatus="Alone"')
  })

  test('is made by nobody who may make no files, and not where the host makes none beside others', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx', 'x')
    expect((await world.ask(file, put, { ...beside, can: ['read', 'write'] })).codes).toEqual(['CellRequestFail'])
    expect(await child(world)).toBeUndefined()
    const other = await openWorld({ without: new Set(['relative-writes']) })
    const lone = await other.make('a.docx', 'x')
    expect((await other.ask(lone, put, beside)).codes).toEqual(['CellRequestFail'])
    expect(await child(other)).toBeUndefined()
  })

  test('has no name that no file may have', async () => {
    const world = await openWorld()
    const file = await world.make('a.docx', 'x')
    for (const name of ['../b.docx', 'a/b.docx', 'con', '.'])
      expect((await world.ask(file, put, { headers: { 'X-WOPI-RelativeTarget': name } })).status).toBe(400)
  })
})

describe('A file in a folder', () => {
  const inside = { headers: { 'X-WOPI-RelativeTarget': 'new.docx' } }

  test.each(['folder', 'container'] as const)(
    'comes to be by the id of a %s, and by nothing else of it',
    async (on) => {
      const world = await openWorld()
      const folder = await world.containers.create('root', 'Plans')
      if (!folder) throw new Error('no folder')
      expect((await world.ask(folder, query, { ...inside, on })).codes).toEqual(['CellRequestFail'])
      expect((await world.ask(folder, put, { ...inside, on })).codes).toEqual(['Success'])
      const made = await world.storage.child(folder.id, 'new.docx')
      expect(made && (await world.textOf(made))).toBe(greeting)
      expect(world.events.at(-2)).toMatchObject({ made: { name: 'new.docx', parentId: folder.id } })
      expect(objectsIn((await world.ask(folder, query, { ...inside, on })).text)).toContain(greeting)
      expect((await world.ask(folder, query, { on })).status).toBe(401)
    },
  )

  test('is made by nobody who may make none there, and is found by nobody without a token for the folder', async () => {
    const world = await openWorld()
    const folder = await world.containers.create('root', 'Plans')
    if (!folder) throw new Error('no folder')
    expect((await world.ask(folder, put, { ...inside, on: 'folder', can: ['read', 'write'] })).codes).toEqual([
      'CellRequestFail',
    ])
    expect(await world.storage.child(folder.id, 'new.docx')).toBeUndefined()
    expect((await world.ask(folder, put, inside)).status).toBe(404)
    expect((await world.ask({ id: 'nowhere' }, put, { ...inside, on: 'folder' })).status).toBe(404)
  })
})
