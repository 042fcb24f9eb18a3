import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { folderBlobs } from '@openwopi/storage-sql'
import { expect, test } from 'vitest'
import { openwopi, temporaryFolder } from './openwopi.ts'

/** A folder with documents, and flags that name a database beside it. */
async function documents() {
  const top = await temporaryFolder()
  const folder = join(top, 'documents')
  await mkdir(join(folder, 'Reports'), { recursive: true })
  await writeFile(join(folder, 'Reports', 'a.txt'), 'one')
  await writeFile(join(folder, 'b.txt'), 'two')
  const blobs = join(top, 'blobs')
  return { top, folder, blobs, database: ['--database', `sqlite:${join(top, 'data.db')}`, '--blobs', blobs] }
}

/** The file of the only content that is `text`. */
async function contentThat(blobs: string, text: string): Promise<string> {
  const shelves = (await readdir(blobs)).filter((name) => name.length === 3)
  const found = await Promise.all(
    shelves.map(async (shelf) => (await readdir(join(blobs, shelf))).map((key) => join(blobs, shelf, key))),
  )
  for (const path of found.flat()) if ((await readFile(path, 'utf8')) === text) return path
  throw new Error(`nothing holds ${text}`)
}

test('A folder is brought into a database, checked there, and written out again.', async () => {
  const { top, folder, database } = await documents()
  const first = await openwopi(['import', folder, ...database])
  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(first.stdout).toMatch(/Folders +1\nFiles added +2\nBytes +6 bytes\n/)
  const again = await openwopi(['import', folder, ...database])
  expect(again.stdout).toMatch(/Files unchanged +2\n/)
  const checked = await openwopi(['fsck', ...database])
  expect(checked).toMatchObject({ code: 0, stdout: '2 contents checked, 6 bytes read: nothing is wrong.\n' })
  const out = await openwopi(['export', join(top, 'out'), ...database])
  expect(out.stdout).toMatch(/Folders +1\nFiles +2\n/)
  expect(await readFile(join(top, 'out', 'Reports', 'a.txt'), 'utf8')).toBe('one')

  const other = ['--database', `sqlite:${join(top, 'other.db')}`, '--blobs', join(top, 'other')]
  expect((await openwopi(['import', join(top, 'out'), ...other])).stdout).toMatch(/Files added +2\n/)
})

test('What is damaged is named, with what can be done, and repaired where it can be.', async () => {
  const { folder, blobs, database } = await documents()
  await openwopi(['import', folder, ...database])
  await writeFile(await contentThat(blobs, 'one'), 'oNe')
  const found = await openwopi(['fsck', ...database])
  expect(found.code).toBe(1)
  expect(found.stdout).toMatch(
    /^Reports\/a\.txt, its present content, is not what was saved\. No equal content is kept/,
  )
  expect(found.stdout).toMatch(/1 wrong, 1 left\.\n$/)

  await writeFile(join(folder, 'same.txt'), 'one')
  await openwopi(['import', folder, ...database])
  const repaired = await openwopi(['fsck', '--repair', ...database])
  expect(repaired.code).toBe(0)
  expect(repaired.stdout).toMatch(
    /It has been restored from an equal content\.\n.*1 wrong, 0 left\.\n0 contents .* 1 wait/,
  )
  const waiting = await openwopi(['fsck', ...database])
  expect(waiting.code).toBe(0)
  expect(waiting.stdout).toMatch(
    /: nothing is wrong\.\n1 content that nothing refers to waits for the time of grace\.\n$/,
  )
})

test('A content that nothing refers to is listed once its grace is over, and removed by a repair only.', async () => {
  const { folder, blobs, database } = await documents()
  await openwopi(['import', folder, ...database])
  const left = folderBlobs({ folder: blobs })
  const { key } = await left.put(Readable.from([Buffer.from('left over')]))
  await openwopi(['fsck', '--repair', ...database])
  expect((await openwopi(['fsck', ...database])).stdout).toContain('waits for the time of grace')

  const due = ['--grace', '0.001s', ...database]
  const listed = await openwopi(['fsck', '--quick', ...due])
  expect(listed.code).toBe(0)
  expect(listed.stdout).toContain(`Nothing refers to content ${key}, 9 bytes, since 20`)
  expect(listed.stdout).toContain('1 content that nothing refers to (9 bytes) can be removed: --repair does it.')
  expect(await left.get(key)).toBeDefined()

  expect((await openwopi(['fsck', '--repair', ...due])).stdout).toContain(
    '1 contents that nothing refers to were removed',
  )
  expect(await left.get(key)).toBeUndefined()
})

test('A file that cannot be brought in is named, and everything else comes.', async () => {
  const { folder, database } = await documents()
  await openwopi(['import', folder, ...database])
  const other = join(await temporaryFolder(), 'more')
  await mkdir(other)
  await writeFile(join(other, 'B.TXT'), 'another')
  await writeFile(join(other, 'c.txt'), 'three')
  const { code, stdout, stderr } = await openwopi(['import', other, ...database])
  expect(code).toBe(1)
  expect(stderr).toBe('B.TXT: another file or folder has its name; rename one of them and run this again\n')
  expect(stdout).toMatch(/Files added +1\n.*Failed +1\n/s)
})

test('A command that is not told where to look says what it is to be told.', async () => {
  const { folder, database } = await documents()
  const [flag = '', address = ''] = database
  expect(await openwopi(['fsck'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--database postgres://') })
  const noBlobs = await openwopi(['import', folder, flag, address])
  expect(noBlobs).toMatchObject({ code: 2, stderr: expect.stringContaining('Say where the contents lie: --blobs') })
  const wrong = await openwopi(['fsck', '--database', 'mysql://x', '--blobs', folder])
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('--database must be') })
  const away = await openwopi(['fsck', '--database', 'postgres://nobody@127.0.0.1:1/none', '--blobs', folder])
  expect(away).toMatchObject({ code: 1, stderr: expect.stringContaining('ECONNREFUSED') })
  expect((await openwopi(['fsck', '--grace', 'soon', ...database])).stderr).toContain('--grace must be')
})
