import assert from 'node:assert/strict'
import type { On } from './index.ts'

export function getFileSuite(on: On): void {
  on('GetFile sends the bytes, their version and their length', async (world) => {
    const file = await world.make('a.txt', 'héllo')
    const answer = await world.send(file, { method: 'GET', path: '/contents' })
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('Content-Type'), 'application/octet-stream')
    assert.equal(answer.headers.get('X-WOPI-ItemVersion'), file.version)
    assert.equal(answer.headers.get('Content-Length'), '6')
    assert.equal(await answer.text(), 'héllo')
  })

  on('an empty file is an empty 200', async (world) => {
    const answer = await world.send(await world.make('a.txt'), { method: 'GET', path: '/contents' })
    assert.deepEqual([answer.status, await answer.text()], [200, ''])
  })

  on('a file above X-WOPI-MaxExpectedSize answers 412', async (world) => {
    const file = await world.make('a.txt', '12345')
    const get = (size: string) =>
      world.send(file, { method: 'GET', path: '/contents', headers: { 'X-WOPI-MaxExpectedSize': size } })
    assert.equal((await get('4')).status, 412)
    assert.equal((await get('5')).status, 200)
    assert.equal((await get('2147483647')).status, 200)
    assert.equal((await get('many')).status, 400)
    assert.equal((await get('-1')).status, 400)
  })

  on('a Range is answered with 206 and just those bytes', async (world) => {
    const file = await world.make('a.txt', '0123456789')
    const get = async (range: string) => {
      const answer = await world.send(file, { method: 'GET', path: '/contents', headers: { Range: range } })
      return [answer.status, answer.headers.get('Content-Range'), await answer.text()]
    }
    assert.deepEqual(await get('bytes=2-4'), [206, 'bytes 2-4/10', '234'])
    assert.deepEqual(await get('bytes=7-'), [206, 'bytes 7-9/10', '789'])
    assert.deepEqual(await get('bytes=-3'), [206, 'bytes 7-9/10', '789'])
    assert.deepEqual(await get('bytes=-30'), [206, 'bytes 0-9/10', '0123456789'])
    assert.deepEqual(await get('bytes=5-99'), [206, 'bytes 5-9/10', '56789'])
    assert.deepEqual(await get('bytes=10-'), [416, 'bytes */10', ''])
    for (const ignored of ['bytes=4-2', 'bytes=1-2,4-5', 'lines=1-2', 'bytes=-', 'bytes=a-b']) {
      assert.deepEqual(await get(ignored), [200, null, '0123456789'], ignored)
    }
  })

  on('a lock does not keep anyone from reading, whatever lock header is sent', async (world) => {
    const file = await world.make('a.txt', 'text')
    await world.send(file, { override: 'LOCK', headers: { 'X-WOPI-Lock': 'A' } })
    const answer = await world.send(file, { method: 'GET', path: '/contents', headers: { 'X-WOPI-Lock': 'B' } })
    assert.equal(await answer.text(), 'text')
  })
}
