import assert from 'node:assert/strict'
import type { CellsCall } from '../../src/index.ts'
import type { On } from './index.ts'

export function executeCellStorageRelativeRequestSuite(on: On): void {
  const calls: CellsCall[] = []
  const cells = {
    longestBody: 100,
    async answer(call: CellsCall) {
      calls.push(call)
      return { text: '<Answer/>', contentType: 'text/xml' }
    },
  }

  on(
    'the relative form is about the file of that name beside the one that is addressed, or the place for one',
    async (world) => {
      calls.length = 0
      const file = await world.make('a.docx', 'x')
      const ask = (name: string, token = world.token(file)) =>
        world.send(file, { override: 'COBALT', headers: { 'X-WOPI-RelativeTarget': name }, body: 'x', token })
      assert.equal((await ask('caf+AOk-.docx')).status, 200)
      assert.deepEqual(calls[0]?.target, { parentId: file.parentId, name: 'café.docx' })
      const made = await world.make('café.docx', 'y')
      assert.equal((await ask('caf+AOk-.docx')).status, 200)
      assert.deepEqual(calls[1]?.target, made)
      assert.deepEqual(
        calls.map(({ canWrite }) => canWrite),
        [true, true],
      )
      const reader = world.token(file, { can: ['read'] })
      await ask('new.docx', reader)
      await ask('caf+AOk-.docx', reader)
      assert.deepEqual(
        calls.slice(2).map(({ canWrite }) => canWrite),
        [false, false],
      )
      assert.equal(world.events.at(-1)?.operation, 'executeCellStorageRelativeRequest')
    },
    { cells },
  )

  on(
    'a name that no file may have is refused with 400',
    async (world) => {
      const file = await world.make('a.docx', 'x')
      const headers = { 'X-WOPI-RelativeTarget': '../b.docx' }
      const { status, headers: said } = await world.send(file, { override: 'COBALT', headers, body: 'x' })
      assert.equal(status, 400)
      assert.ok(said.get('X-WOPI-InvalidFileNameError'))
    },
    { cells },
  )

  on(
    'the file beside is answered with 404 to who may not read it',
    async (world) => {
      const file = await world.make('a.docx', 'x')
      const other = await world.make('b.docx', 'y')
      const { authorize } = world.access
      Object.assign(world.access, {
        authorize: async (...asked: Parameters<typeof authorize>) =>
          asked[1].id === other.id ? undefined : authorize(...asked),
      })
      const headers = { 'X-WOPI-RelativeTarget': 'b.docx' }
      assert.equal((await world.send(file, { override: 'COBALT', headers, body: 'x' })).status, 404)
    },
    { cells },
  )
}
