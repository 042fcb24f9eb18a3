import { deepStrictEqual as equal } from 'node:assert/strict'
import type { Editor, EditorsTables } from '../editors/editors-table.ts'
import type { Test } from './contract-test.ts'

/** Makes tables of editors that nobody else uses. */
export type CreateEditorsTables = () => Promise<EditorsTables>

const editor = (clientId: string, more: Partial<Editor> = {}): Editor => ({
  clientId,
  name: `${clientId}, by name`,
  login: clientId,
  canWrite: true,
  expiresAt: 1_700_000_000_000,
  metadata: {},
  ...more,
})

/** What everything does that keeps who has files open. */
export function editorsTablesContract(test: Test, create: CreateEditorsTables): void {
  test('Nobody has a file open that nobody has opened.', async () => {
    const tables = await create()
    equal(await tables.read('one'), [])
    equal(await tables.swap('one', [], []), true)
    equal(await tables.swap('one', [editor('a')], [editor('b')]), false)
    equal(await tables.read('one'), [])
  })

  test('A table is replaced by who knows it, in the order in which it was put, and is of one file.', async () => {
    const tables = await create()
    const told = editor('b', { email: 'b@example.org', metadata: { k2: 'eA==', k1: 'eQ==' }, canWrite: false })
    equal(await tables.swap('one', [], [told, editor('a')]), true)
    equal(await tables.read('one'), [told, editor('a')])
    equal(await tables.read('two'), [])
    equal(await tables.swap('one', [], [editor('c')]), false)
    equal(await tables.swap('one', [told], [editor('c')]), false)
    equal(await tables.read('one'), [told, editor('a')])
    // By value: whoever knows it may spell it in another order.
    const { metadata, ...rest } = told
    equal(await tables.swap('one', [{ metadata, ...rest }, editor('a')], [editor('c')]), true)
    equal(await tables.read('one'), [editor('c')])
  })

  test('A table that nobody is in any more begins anew.', async () => {
    const tables = await create()
    await tables.swap('one', [], [editor('a')])
    equal(await tables.swap('one', [editor('a')], []), true)
    equal(await tables.read('one'), [])
    equal(await tables.swap('one', [], []), true)
    equal(await tables.swap('one', [], [editor('b')]), true)
  })

  test('Names and ids may be any text.', async () => {
    const tables = await create()
    const strange = editor('\0\ud800 "\\', { name: '雪\u0000<&>', metadata: { 'k/1': '' } })
    equal(await tables.swap('strange\0file', [], [strange]), true)
    equal(await tables.read('strange\0file'), [strange])
    equal(await tables.swap('strange\0file', [strange], []), true)
  })

  test('Of many who replace the same table, one does.', async () => {
    const tables = await create()
    const first = [editor('a')]
    await tables.swap('one', [], first)
    const tries = Array.from({ length: 20 }, (_, index) => tables.swap('one', first, [editor(`by ${index}`)]))
    equal((await Promise.all(tries)).filter(Boolean).length, 1)
    const begun = Array.from({ length: 20 }, (_, index) => tables.swap('two', [], [editor(`by ${index}`)]))
    equal((await Promise.all(begun)).filter(Boolean).length, 1)
  })
}
