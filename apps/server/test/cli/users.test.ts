import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { addUser, readUsers, removeUser, verifyPassword } from '../../src/users.ts'
import { openwopi, temporaryFolder } from './openwopi.ts'

// Each of a test's many commands is a process that starts anew.
vi.setConfig({ testTimeout: 300_000 })

const password = 'correct horse'

test('A user signs in with the right password only, whatever the case of the name', async () => {
  const data = await temporaryFolder()
  expect(await readUsers(data)).toEqual([])
  expect(await addUser(data, { name: 'Anna', password })).toEqual({ name: 'Anna', isOwner: true })
  expect(await addUser(data, { name: 'Bruno', password })).toEqual({ name: 'Bruno', isOwner: false })
  expect(await verifyPassword(data, 'Anna', password)).toEqual({ name: 'Anna', isOwner: true })
  expect(await verifyPassword(data, 'anna', password)).toEqual({ name: 'Anna', isOwner: true })
  expect(await verifyPassword(data, 'Anna', `${password} `)).toBeUndefined()
  expect(await verifyPassword(data, 'Chiara', password)).toBeUndefined()
  expect(await readUsers(data)).toHaveLength(2)
})

test('A name or password is the same however its accents are composed', async () => {
  const data = await temporaryFolder()
  await addUser(data, { name: 'Zoe\u0308', password: 'caf\u00e9 caf\u00e9' })
  expect(await verifyPassword(data, 'Zo\u00eb', 'cafe\u0301 cafe\u0301')).toEqual({ name: 'Zo\u00eb', isOwner: true })
  expect(await addUser(data, { name: 'ZO\u00cb', password })).toBeUndefined()
})

test('Passwords are kept only as hashes, salted, in a file that only its owner may read', async () => {
  const data = await temporaryFolder()
  await addUser(data, { name: 'Anna', password })
  await addUser(data, { name: 'Bruno', password })
  const text = await readFile(join(data, 'users.json'), 'utf8')
  expect(text).not.toContain(password)
  const hashes = [...text.matchAll(/"hash": "(.*)"/g)].map(([, hash]) => hash)
  expect(new Set(hashes).size).toBe(2)
  for (const hash of hashes) expect(hash).toMatch(/^scrypt:32768:8:3:[\w-]{22}:[\w-]{43}$/)
  expect((await stat(join(data, 'users.json'))).mode & 0o777).toBe(0o600)
})

test('A password whose hash was made at another cost stays valid', async () => {
  const data = await temporaryFolder()
  // Made with N = 16,384, r = 8, p = 1 over the password and a salt of 16 zeros.
  const hash = 'scrypt:16384:8:1:AAAAAAAAAAAAAAAAAAAAAA:cvKDSIR8vA_24EQVf1tBGSj9VimKoCjA7Ny1Asw1kK8'
  await writeFile(join(data, 'users.json'), JSON.stringify([{ name: 'Anna', isOwner: true, hash }]))
  expect(await verifyPassword(data, 'Anna', password)).toEqual({ name: 'Anna', isOwner: true })
})

test('A damaged file is not taken for an empty one', async () => {
  const data = await temporaryFolder()
  for (const text of ['', '{', '{}', '[{"name":"Anna"}]']) {
    await writeFile(join(data, 'users.json'), text)
    await expect(readUsers(data)).rejects.toThrow('is damaged')
    await expect(addUser(data, { name: 'Bruno', password })).rejects.toThrow('is damaged')
    expect(await readFile(join(data, 'users.json'), 'utf8')).toBe(text)
  }
})

test('Of many that are added at once, the file holds whole ones', async () => {
  const data = await temporaryFolder()
  await Promise.all(['a', 'b', 'c'].map((name) => addUser(data, { name, password })))
  for (const { name } of await readUsers(data)) expect(await verifyPassword(data, name, password)).toBeDefined()
})

test('Someone who is removed cannot sign in any more', async () => {
  const data = await temporaryFolder()
  await addUser(data, { name: 'Anna', password })
  expect(await removeUser(data, 'Bruno')).toBeUndefined()
  expect(await removeUser(data, 'anna')).toEqual({ name: 'Anna', isOwner: true })
  expect(await verifyPassword(data, 'Anna', password)).toBeUndefined()
})

test('The command adds, lists and removes users, and never shows a password', async () => {
  const folder = await temporaryFolder()
  const user = (args: string[], input?: string) => openwopi(['user', ...args], { cwd: folder, ...(input && { input }) })

  expect(await user(['list'])).toMatchObject({ code: 0, stdout: '' })
  const anna = await user(['add', 'Anna', '--password-stdin'], `${password}\n`)
  expect(anna).toEqual({ code: 0, stdout: 'Anna can sign in now, as an owner.\n', stderr: '' })
  await user(['add', 'Bruno', '--password-stdin'], password)
  expect(await verifyPassword(join(folder, '.openwopi'), 'Anna', password)).toBeDefined()
  expect((await user(['list'])).stdout).toBe('Anna   owner\nBruno\n')

  const again = await user(['add', 'anna', '--password-stdin'], 'something else')
  expect(again).toMatchObject({ code: 1, stdout: '' })
  expect(again.stderr).toContain('There is a user Anna already')
  expect((await user(['remove', 'Anna'])).stderr).toContain('Anna is the only owner')
  expect((await user(['remove', 'Brno'])).stderr).toContain('There is no user Brno. Did you mean Bruno?')
  expect(await user(['remove', 'Bruno'])).toMatchObject({ code: 0, stdout: 'Bruno cannot sign in any more.\n' })
  expect((await stat(join(folder, '.openwopi'))).mode & 0o777).toBe(0o700)
})

test.each([
  [['add', 'Anna', '--password-stdin'], 'short', 1, 'A password has at least 8 characters.'],
  [['add', 'Anna'], password, 2, 'Pipe it in, with --password-stdin.'],
  [['add', ' Anna', '--password-stdin'], password, 2, 'A name has 1 to 64 characters'],
  [['add', 'An\nna', '--password-stdin'], password, 2, 'A name has 1 to 64 characters'],
  [['add', 'Anna', 'missing', '--password-stdin'], password, 1, 'There is no folder'],
])('%j is refused', async (args, input, code, sentence) => {
  const cwd = await temporaryFolder()
  const ran = await openwopi(['user', ...args], { cwd, input })
  expect(ran).toMatchObject({ code, stdout: '' })
  expect(ran.stderr).toContain(sentence)
  expect(ran.stderr).not.toContain(password)
  expect(await readUsers(join(cwd, '.openwopi'))).toEqual([])
})
