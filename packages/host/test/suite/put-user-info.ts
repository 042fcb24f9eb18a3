import assert from 'node:assert/strict'
import type { On } from './index.ts'
import { infoOf } from './world.ts'

export function putUserInfoSuite(on: On): void {
  on('what is put for a user comes back on every file, for that user only', async (world) => {
    const file = await world.make('a.txt', 'x')
    const other = await world.make('b.txt', 'x')
    const token = world.token(file, { can: ['read'] })
    assert.equal((await world.send(file, { override: 'PUT_USER_INFO', body: '{"seen":1}', token })).status, 200)
    assert.equal((await infoOf(world, other))['UserInfo'], '{"seen":1}')
    assert.equal((await infoOf(world, other, world.token(other, { user: 'Bob' })))['UserInfo'], undefined)
  })

  on('more than 1,024 characters, or others than ASCII, answer 400', async (world) => {
    const file = await world.make('a.txt', 'x')
    assert.equal((await world.send(file, { override: 'PUT_USER_INFO', body: 'x'.repeat(1024) })).status, 200)
    assert.equal((await world.send(file, { override: 'PUT_USER_INFO', body: 'x'.repeat(1025) })).status, 400)
    assert.equal((await world.send(file, { override: 'PUT_USER_INFO', body: 'é' })).status, 400)
    assert.equal(String((await infoOf(world, file))['UserInfo']).length, 1024)
  })
}
