import assert from 'node:assert/strict'
import type { StoredFile } from '../../src/index.ts'
import type { On } from './index.ts'
import { coauthLock, type Put, putStreams } from './transfer.ts'
import { lockIt, putIt, type World } from './world.ts'

/** How a save is answered, as far as locks go. */
async function outcome(world: World, file: StoredFile, put: Put): Promise<unknown[]> {
  const { status, headers } = await putStreams(world, file, { MainContent: `saved ${world.events.length}` }, put)
  if (status === 200) return [200]
  return [status, headers.get('X-WOPI-ConflictingMechanism'), headers.get('X-WOPI-Lock')]
}

/** Every state of a file by every client. */
export function chunkedSaveStatesSuite(on: On): void {
  type Row = readonly [Put, readonly unknown[]]
  const table: readonly [string, (world: World, file: StoredFile) => Promise<unknown>, readonly Row[]][] = [
    ['that is empty and not locked', async () => {}, [[{}, [200]]]],
    [
      'that is not locked',
      (world, file) => putIt(world, file, 'content'),
      [
        [{}, [409, null, '']],
        [{ lock: 'L' }, [409, null, '']],
        [{ coauth: 'A' }, [409, null, '']],
      ],
    ],
    [
      'with a WOPI lock',
      (world, file) => lockIt(world, file, 'L'),
      [
        [{ lock: 'M' }, [409, 'WOPI-Lock', 'L']],
        [{ coauth: 'A' }, [409, 'WOPI-Lock', 'L']],
        [{ coauth: 'L' }, [409, 'WOPI-Lock', 'L']],
        [{}, [409, 'WOPI-Lock', 'L']],
        [{ lock: 'L' }, [200]],
      ],
    ],
    [
      'with coauth locks',
      async (world, file) => {
        await coauthLock(world, file, 'A')
        await coauthLock(world, file, 'B')
        await coauthLock(world, file, 'Old', 'Coauth', 60)
        world.clock.now += 60_000
      },
      [
        [{ coauth: 'C' }, [409, null, null]],
        [{ coauth: 'Old' }, [409, null, null]],
        [{ lock: 'A' }, [409, null, null]],
        [{}, [409, null, null]],
        [{ coauth: 'A' }, [200]],
        [{ coauth: 'B' }, [200]],
      ],
    ],
    [
      'with an exclusive coauth lock',
      async (world, file) => {
        await coauthLock(world, file, 'A')
        await coauthLock(world, file, 'X', 'CoauthExclusive')
      },
      [
        [{ coauth: 'A' }, [409, 'WOPI-CoauthExclusiveLock', '']],
        [{ coauth: 'C' }, [409, 'WOPI-CoauthExclusiveLock', '']],
        [{ lock: 'X' }, [409, 'WOPI-CoauthExclusiveLock', '']],
        [{}, [409, 'WOPI-CoauthExclusiveLock', '']],
        [{ coauth: 'X' }, [200]],
      ],
    ],
    [
      'that a desktop program has open',
      async (world, file) => {
        await putIt(world, file, 'content')
        const { find } = world.storage
        const opened = async (id: string) => {
          const found = await find(id)
          return found && { ...found, openElsewhere: 'Bob' }
        }
        Object.assign(world.storage, { find: opened })
      },
      [
        [{}, [409, 'Other', '']],
        [{ lock: 'L' }, [409, 'Other', '']],
        [{ coauth: 'A' }, [409, 'Other', '']],
      ],
    ],
  ]
  for (const [state, prepare, rows] of table)
    for (const [index, [put, expected]] of rows.entries()) {
      const brought = put.lock ? `lock ${put.lock}` : put.coauth ? `coauth lock ${put.coauth}` : 'no lock'
      on(
        `a chunked save of a file ${state}, with ${brought}, is ${expected[0]}${expected[0] === 409 ? ` (${index + 1})` : ''}`,
        async (world) => {
          const file = await world.make('a.docx', '')
          await prepare(world, file)
          const before = await world.textOf(file)
          assert.deepEqual(await outcome(world, file, put), expected)
          assert.equal((await world.textOf(file)) === before, expected[0] !== 200)
        },
        { coauth: true },
      )
    }
}
