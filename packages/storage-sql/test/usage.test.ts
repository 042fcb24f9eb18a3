import { expect, test } from 'vitest'
import { overEach } from './databases.ts'
import { ann, content, openTestStorage, there } from './open-test-storage.ts'

overEach((databases) => {
  test('what is stored is counted: what files are, what they were, and what lies in the trash', async () => {
    const { storage, containers, usage } = await openTestStorage(databases)
    await containers.create('root', 'plans')
    const file = there(await storage.create('root', ['a'], content('one'), ann))
    await storage.write(file, content('three'), ann)
    await storage.remove(there(await storage.create('root', ['b'], content('x'), ann)), ann)
    expect(await usage()).toEqual({
      folders: 2,
      files: { count: 1, bytes: 5 },
      earlierVersions: { count: 1, bytes: 3 },
      trash: { count: 1, bytes: 1 },
    })
  })

  test('of the files that are locked, no more are told than are asked for', async () => {
    const { storage, locks, lockedFiles } = await openTestStorage(databases)
    for (const name of ['a', 'b', 'c']) {
      const { id } = there(await storage.create('root', [name], content('x'), ann))
      await locks.swap(id, undefined, { id: 'L', expiresAt: 9e15, version: '1', by: ann.by })
    }
    expect((await lockedFiles()).length).toBe(3)
    expect((await lockedFiles(2)).length).toBe(2)
  })
})
