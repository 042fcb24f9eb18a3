import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newFolder, openTestFolder, there } from './open-test-folder.ts'

const folders = 10
const filesEach = 1000

/** A clock that is ahead: to it, no folder has only just been changed. */
const now = () => Date.now() + 60_000

test('A large folder that is known costs a look at each folder, a page a look at each of its files, and a file a few.', async () => {
  const folder = newFolder()
  for (let a = 0; a < folders; a++) {
    mkdirSync(join(folder, `folder ${a}`))
    for (let b = 0; b < filesEach; b++) writeFileSync(join(folder, `folder ${a}`, `file ${b}.txt`), '')
  }
  const first = await openTestFolder({ folder, now })
  expect(await first.search('file 999', 100)).toHaveLength(folders)
  await first.close()

  const { served, containers, storage, search } = await openTestFolder({ folder, now })
  const asked = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
    const before = served.disk.asked()
    return [await work(), served.disk.asked() - before]
  }
  // Each folder, and the root on the way to it.
  expect(served.disk.asked()).toBeLessThan(4 * folders + 10)
  const [{ containers: within, total }, forRoot] = await asked(() => containers.children('root', { limit: 100 }))
  expect([within.length, total]).toEqual([folders, folders])
  expect(forRoot).toBeLessThan(10)
  const [page, forPage] = await asked(() => containers.children(there(within[3]).id, { limit: 100 }))
  expect([page.files.length, page.total]).toEqual([100, filesEach])
  expect(forPage).toBeLessThan(100 + 20)
  const file = there(page.files[50])
  const [again, forFile] = await asked(() => storage.find(file.id))
  expect(again?.name).toBe(file.name)
  // The way to it; and that of a file or two of the page, whose content is being read meanwhile.
  expect(forFile).toBeLessThan(10)
  const [found, forSearch] = await asked(() => search('FILE 77.txt', 100))
  expect(found).toHaveLength(folders)
  expect(forSearch).toBeLessThan(200)
}, 120_000)
