import assert from 'node:assert/strict'
import { textOf } from '@openwopi/protocol'
import type { CellsCall } from '../../src/index.ts'
import type { On } from './index.ts'
import { bytesOf, infoOf, userOf } from './world.ts'

type Heard = Omit<CellsCall, 'body'> & { readonly body: string }

/** Cell storage that says what it was asked. */
const echoing = (calls: Heard[]) => ({
  longestBody: 100,
  async answer(call: CellsCall) {
    const body = await textOf(call.body)
    calls.push({ ...call, body })
    const text = ['<Answer to="', body, '"/>']
    return body === 'bad' ? { text } : { text, contentType: 'text/xml; charset=utf-8' }
  },
})

export function executeCellStorageRequestSuite(on: On): void {
  const calls: Heard[] = []

  on(
    'a body of cell storage goes to its port with what the host knows, and the answer comes back as XML',
    async (world) => {
      calls.length = 0
      const file = await world.make('a.docx', 'x')
      assert.equal((await infoOf(world, file))['SupportsCobalt'], true)
      const headers = { 'Content-Type': 'text/xml', 'X-WOPI-Size': '5', 'X-WOPI-CorrelationID': 'c-1' }
      const answer = await world.send(file, { override: 'COBALT', headers, body: 'asked' })
      assert.equal(answer.status, 200)
      assert.equal(answer.headers.get('Content-Type'), 'text/xml; charset=utf-8')
      assert.equal(answer.headers.get('X-WOPI-CorrelationID'), 'c-1')
      assert.equal(await answer.text(), '<Answer to="asked"/>')
      // A request that never was on a socket has no length.
      const { size = 5, ...call } = calls[0] ?? {}
      assert.equal(size, 5)
      assert.deepEqual(call, {
        target: file,
        body: 'asked',
        contentType: 'text/xml',
        user: userOf('Ann'),
        canWrite: true,
        canRename: true,
      })
    },
    { cells: echoing(calls) },
  )

  on(
    'who may only read asks too, and cell storage is told that they may not write',
    async (world) => {
      calls.length = 0
      const file = await world.make('a.docx', 'x')
      const token = world.token(file, { can: ['read'] })
      assert.equal((await world.send(file, { override: 'cobalt', body: 'x', token })).status, 200)
      assert.equal(calls[0]?.canWrite, false)
    },
    { cells: echoing(calls) },
  )

  on(
    'what cell storage cannot read is answered with 500 and its own words, and what is too long with 413',
    async (world) => {
      const file = await world.make('a.docx', 'x')
      const bad = await world.send(file, { override: 'COBALT', body: 'bad' })
      assert.deepEqual([bad.status, await bad.text()], [500, '<Answer to="bad"/>'])
      assert.equal((await world.send(file, { override: 'COBALT', body: bytesOf('x'.repeat(101)) })).status, 413)
      assert.equal(world.events.at(-1)?.error?.code, 'TooLargeToStore')
    },
    { cells: echoing(calls) },
  )

  on('without its port, cell storage is answered with 501 and not promised', async (world) => {
    const file = await world.make('a.docx', 'x')
    assert.equal((await world.send(file, { override: 'COBALT', body: 'x' })).status, 501)
    assert.ok(!('SupportsCobalt' in (await infoOf(world, file))))
  })
}
