import { rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ann, content, openTestFolder, there } from './open-test-folder.ts'

/** The file that Office leaves beside a document: the name in one byte per letter, and from `at` on in UTF-16. */
function ownerFile(name: string, at: 54 | 55): Buffer {
  const bytes = Buffer.alloc(at === 54 ? 162 : 165, 0x20)
  bytes[0] = name.length
  bytes.write(name, 1, 'latin1')
  bytes.writeUInt16LE(name.length, at)
  bytes.write(name, at + 2, 'utf16le')
  return bytes
}

async function withFile(name: string) {
  const folder = await openTestFolder()
  const file = there(await folder.storage.create('root', [name], content('text'), ann))
  const leave = (lockName: string, bytes: string | Buffer) => writeFileSync(join(folder.path, lockName), bytes)
  const user = async () => (await folder.storage.find(file.id))?.openElsewhere
  return { ...folder, leave, user }
}

test('The lock file of LibreOffice says who has a file open, for as long as it is there.', async () => {
  const { leave, user, path, containers } = await withFile('report.odt')
  expect(await user()).toBeUndefined()
  leave('.~lock.report.odt#', 'Zoë Ex\\, Jr.,zoe,laptop,21.11.2026 23:10,file:///home/zoe;')
  expect(await user()).toBe('Zoë Ex, Jr.')
  const { files } = await containers.children('root', { limit: 10 })
  expect(files[0]?.openElsewhere).toBe('Zoë Ex, Jr.')
  rmSync(join(path, '.~lock.report.odt#'))
  expect(await user()).toBeUndefined()
})

test('Where LibreOffice knows no full name, the login is the name.', async () => {
  const { leave, user } = await withFile('report.odt')
  leave('.~lock.report.odt#', ',zoe,laptop,21.11.2026 23:10,file:///home/zoe;')
  expect(await user()).toBe('zoe')
})

test.each([
  ['abcdef.docx', '~$abcdef.docx', 54],
  ['abcdefg.docx', '~$bcdefg.docx', 54],
  ['quarterly report.docx', '~$arterly report.docx', 54],
  ['quarterly report.xlsx', '~$quarterly report.xlsx', 55],
] as const)('The lock file of Office for %s is %s.', async (name, lockName, at) => {
  const { leave, user } = await withFile(name)
  leave(lockName, ownerFile('Žofie 中', at))
  expect(await user()).toBe('Žofie 中')
})

test('A short owner file gives the name in one byte per letter, and rubbish gives no control characters.', async () => {
  const { leave, user } = await withFile('a.docx')
  leave('~$a.docx', Buffer.concat([Buffer.from([3]), Buffer.from('Zoé', 'latin1')]))
  expect(await user()).toBe('Zoé')
  leave('~$a.docx', Buffer.from([255, 0, 10, 13, 65, 66]))
  expect(await user()).not.toMatch(/\p{Cc}/u)
})

test('A lock file that is a day old has been left behind.', async () => {
  const { leave, user, path } = await withFile('report.odt')
  leave('.~lock.report.odt#', 'Zoë,zoe,laptop,x,y;')
  const old = Date.now() / 1000 - 25 * 3600
  utimesSync(join(path, '.~lock.report.odt#'), old, old)
  expect(await user()).toBeUndefined()
})
