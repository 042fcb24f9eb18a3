import assert from 'node:assert/strict'
import type { On } from './index.ts'
import { infoOf, userOf } from './world.ts'

export function readSecureStoreSuite(on: On): void {
  on('ReadSecureStore gives a user what is kept for them, and nobody else', async (world) => {
    const file = await world.make('a.txt', 'x')
    world.secureStore.put('app', userOf('Ann'), { userName: 'sa', password: 'secret', isGroup: true })
    assert.equal((await infoOf(world, file))['SupportsSecureStore'], true)
    const read = (applicationId: string, token = world.token(file)) =>
      world.send(file, { override: 'READ_SECURE_STORE', headers: { 'X-WOPI-ApplicationId': applicationId }, token })
    const answer = await read('app')
    assert.match(answer.headers.get('Cache-Control') ?? '', /no-store/)
    assert.deepEqual(await answer.json(), {
      UserName: 'sa',
      Password: 'secret',
      IsWindowsCredentials: false,
      IsGroup: true,
    })
    assert.equal((await read('other')).status, 404)
    assert.equal((await read('app', world.token(file, { user: 'Bob' }))).status, 404)
    assert.ok(!JSON.stringify(world.events).includes('secret'))
  })

  on('ReadSecureStore without an application is 400', async (world) => {
    const file = await world.make('a.txt', 'x')
    assert.equal((await world.send(file, { override: 'READ_SECURE_STORE' })).status, 400)
  })
}
