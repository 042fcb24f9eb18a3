import assert from 'node:assert/strict'
import { type Operation, reserved } from '@openwopi/protocol'
import type { On } from './index.ts'
import { infoOf } from './world.ts'

export function reservedSuite(on: On): void {
  on('operations that are known by name only are answered with 501 and not promised', async (world) => {
    const file = await world.make('a.txt', 'x')
    const info = await infoOf(world, file)
    const rows: readonly (readonly [string, Operation])[] = Object.entries(reserved)
    for (const [name, { override = '', path, sentWith, promisedBy = '' }] of rows) {
      const headers: Record<string, string> = sentWith ? { [sentWith]: 'x' } : {}
      const place = path === '/contents' ? ({ path: '/contents' } as const) : {}
      assert.equal((await world.send(file, { override, headers, body: 'x', ...place })).status, 501, name)
      assert.equal(world.events.at(-1)?.operation, name)
      assert.ok(!(promisedBy in info), name)
    }
  })
}
