import assert from 'node:assert/strict'
import type { On } from './index.ts'
import { lockIt } from './world.ts'

export function deleteFileSuite(on: On): void {
  on('a deleted file is gone for every operation', async (world) => {
    const file = await world.make('a.txt', 'x')
    const token = world.token(file)
    assert.equal((await world.send(file, { override: 'DELETE', token })).status, 200)
    assert.equal((await world.send(file, { method: 'GET', token })).status, 404)
    assert.equal((await world.send(file, { override: 'DELETE', token })).status, 404)
    assert.equal((await world.send(file, { override: 'GET_LOCK', token })).status, 404)
  })

  on('a locked file is not deleted, whatever lock is sent', async (world) => {
    const file = await world.make('a.txt', 'x')
    await lockIt(world, file, 'A')
    for (const headers of [{}, { 'X-WOPI-Lock': 'A' }]) {
      const answer = await world.send(file, { override: 'DELETE', headers: headers as Record<string, string> })
      assert.deepEqual([answer.status, answer.headers.get('X-WOPI-Lock')], [409, 'A'])
    }
    assert.equal(await world.textOf(file), 'x')
  })
}
