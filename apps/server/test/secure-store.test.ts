import { randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@openwopi/client'
import { secureStoreContract } from '@openwopi/host/contract'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { readKeys } from '../src/secure-store/keys.ts'
import { newKey } from '../src/secure-store/new-key.ts'
import { open, seal } from '../src/secure-store/sealing.ts'
import { secretNames } from '../src/secure-store/secret-names.ts'
import { secrets } from '../src/secure-store/secrets.ts'
import { personId } from '../src/sign-in/person.ts'
import { openStateDatabase } from '../src/state/open-state.ts'
import { start } from './start.ts'

const aKey = () => randomBytes(32).toString('base64')
const ringOf = (...keys: string[]) => readKeys(keys.join('\n'), 'the test')
const ann = { id: 'ann', name: 'Ann' }
const bob = { id: 'bob', name: 'Bob' }
const login = { userName: 'sa', password: 'pa$$word' }

async function aFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'openwopi-secrets-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function aDatabase() {
  const { db, close } = await openStateDatabase({ dataFolder: await aFolder() })
  onTestFinished(close)
  return db
}

secureStoreContract(test, async () => {
  const store = secrets(await aDatabase(), ringOf(aKey()), Date.now)
  return { store, put: store.put }
})

test('nothing of what is kept can be read in the database', async () => {
  const folder = await aFolder()
  const { db, close } = await openStateDatabase({ dataFolder: folder })
  await secrets(db, ringOf(aKey()), Date.now).put('app', ann, {
    userName: 'service-account',
    password: 'pa$$word',
  })
  await close()
  const names = await readdir(folder)
  const bytes = Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))))
  for (const text of ['service-account', 'pa$$word']) expect(bytes.includes(text)).toBe(false)
  expect(bytes.includes('Ann')).toBe(true)
})

test('the same credentials are sealed differently each time', () => {
  const { sealing } = ringOf(aKey())
  expect(Buffer.from(seal('x', 'label', sealing)).equals(seal('x', 'label', sealing))).toBe(false)
})

test('what is sealed opens with its key and its label, and with any byte changed or missing not at all', () => {
  const [{ sealing }, other] = [ringOf(aKey()), ringOf(aKey()).sealing]
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (text, label, at, change) => {
        const sealed = seal(text, label, sealing)
        expect(open(sealed, label, sealing)).toBe(Buffer.from(text).toString())
        expect(open(sealed, `${label}x`, sealing)).toBeUndefined()
        expect(open(sealed, label, other)).toBeUndefined()
        const changed = Uint8Array.from(sealed)
        changed[at % sealed.length] = (changed[at % sealed.length] ?? 0) ^ change
        expect(open(changed, label, sealing)).toBeUndefined()
        expect(open(sealed.subarray(0, at % sealed.length), label, sealing)).toBeUndefined()
      },
    ),
  )
})

test('credentials that were moved to another user or application, or altered, are not given to anyone', async () => {
  const database = await aDatabase()
  const store = secrets(database, ringOf(aKey()), Date.now)
  await store.put('app', ann, login)
  const change = (change: string) => sql.raw(`UPDATE secrets SET ${change}`).execute(database)
  await change("user_id = 'bob'")
  await expect(store.read('app', bob)).rejects.toThrow('Bob for "app" were changed in the database from outside')
  await change("user_id = 'ann', application_id = 'other'")
  await expect(store.read('other', ann)).rejects.toThrow('changed in the database')
  await change("application_id = 'app'")
  expect(await store.read('app', ann)).toEqual(login)
  await change('sealed = substr(sealed, 1, length(sealed) - 1)')
  await expect(store.read('app', ann)).rejects.toThrow('changed in the database')
  await change("sealed = x''")
  await expect(store.read('app', ann)).rejects.toThrow('changed in the database')
})

test('a new key seals from then on, the old ones still open, and after sealing anew they are not needed', async () => {
  const database = await aDatabase()
  const [first, second] = [aKey(), aKey()]
  await secrets(database, ringOf(first), Date.now).put('one', ann, login)
  const rotated = secrets(database, ringOf(second, first), Date.now)
  await rotated.put('two', ann, { ...login, isWindows: true })
  expect(await rotated.read('one', ann)).toEqual(login)
  const onlySecond = secrets(database, ringOf(second), Date.now)
  expect(await onlySecond.read('two', ann)).toEqual({ ...login, isWindows: true })
  await expect(onlySecond.read('one', ann)).rejects.toThrow('a key that is not among those configured')
  await expect(onlySecond.reseal()).rejects.toThrow('a key that is not among those configured')
  expect(await rotated.reseal()).toBe(1)
  expect(await rotated.reseal()).toBe(0)
  expect(await onlySecond.read('one', ann)).toEqual(login)
  await expect(secrets(database, ringOf(first), Date.now).read('one', ann)).rejects.toThrow(
    'not among those configured',
  )
})

test('credentials can be taken away without any key', async () => {
  const database = await aDatabase()
  await secrets(database, ringOf(aKey()), Date.now).put('one', ann, login)
  const names = secretNames(database)
  expect(await names.all()).toEqual([
    { applicationId: 'one', userId: 'ann', userName: 'Ann', keyId: expect.any(String) },
  ])
  expect([
    await names.remove('one', 'bob'),
    await names.remove('one', 'ann'),
    await names.remove('one', 'ann'),
  ]).toEqual([false, true, false])
})

test.each([
  ['', 'holds no key'],
  [' \n,', 'holds no key'],
  ['hunter2 hunter2', 'key 1 of the test is not one'],
  [aKey().slice(1), 'key 1 of the test is not one'],
  [`${aKey()}\n${'A'.repeat(44)}`, 'key 2 of the test is not one'],
  [`${'A'.repeat(43)}=`, 'all its bytes are the same'],
  [randomBytes(16).toString('hex'), 'is not one'],
])('keys that are none are refused without being repeated (%#)', (text, why) => {
  expect(() => readKeys(text, 'the test')).toThrow(why)
  for (const word of text.split(/\s+/).filter((each) => each.length > 3))
    expect(() => readKeys(text, 'the test')).not.toThrow(word)
})

test('a key file is made for its owner alone, and a new key is put before those that are there', async () => {
  const path = join(await aFolder(), 'keys')
  expect(await newKey(path)).toBe(1)
  const [first = ''] = (await readFile(path, 'utf8')).trim().split('\n')
  expect(await newKey(path)).toBe(2)
  const keys = (await readFile(path, 'utf8')).trim().split('\n')
  expect([keys.length, keys[1], keys[0] === first]).toEqual([2, first, false])
  await expect(newKey(join(path, 'x'))).rejects.toThrow('in a folder that is there')
  await writeFile(path, 'this is my diary')
  await expect(newKey(path)).rejects.toThrow('is not one')
  expect(await readFile(path, 'utf8')).toBe('this is my diary')
})

const users = { ann: 'a password', bob: 'a password' }

test('a document gets the credentials of whoever has it open, as soon as they are put', async () => {
  const keyFile = join(await aFolder(), 'keys')
  await newKey(keyFile)
  const server = await start({ users, files: { 'a.txt': 'x' }, config: { secureStoreKeyFile: keyFile } })
  const fileOf = async (user: string) => createClient(await server.token({ path: 'a.txt', user }))
  const [mine, others] = [await fileOf('ann'), await fileOf('bob')]
  expect((await mine.checkFileInfo()).info.SupportsSecureStore).toBe(true)
  await expect(mine.readSecureStore({ applicationId: 'sales' })).rejects.toMatchObject({ code: 'NotFound' })

  const { db, close } = await openStateDatabase(server)
  const store = secrets(db, readKeys(await readFile(keyFile, 'utf8'), keyFile), Date.now)
  await store.put('sales', { id: personId('ann'), name: 'ann' }, { ...login, isGroup: true })
  expect((await mine.readSecureStore({ applicationId: 'sales' })).credentials).toEqual({
    UserName: 'sa',
    Password: 'pa$$word',
    IsWindowsCredentials: false,
    IsGroup: true,
  })
  await expect(others.readSecureStore({ applicationId: 'sales' })).rejects.toMatchObject({ code: 'NotFound' })

  await sql`UPDATE secrets SET sealed = zeroblob(40)`.execute(db)
  await expect(mine.readSecureStore({ applicationId: 'sales' })).rejects.toMatchObject({ code: 'ServerError' })
  expect(server.log).toContainEqual(
    expect.objectContaining({ level: 'error', cause: expect.stringContaining('changed in the database') }),
  )
  expect(JSON.stringify(server.log)).not.toContain('pa$$word')
  await close()
})

test('without a key there is no secure store, and credentials that are kept are spoken of', async () => {
  const server = await start({ users, files: { 'a.txt': 'x' } })
  const file = createClient(await server.token({ path: 'a.txt' }))
  expect((await file.checkFileInfo()).info.SupportsSecureStore).toBeFalsy()
  await expect(file.readSecureStore({ applicationId: 'sales' })).rejects.toMatchObject({ code: 'NotImplemented' })
  await server.stop()
  const { db, close } = await openStateDatabase(server)
  await secrets(db, ringOf(aKey()), Date.now).put('sales', ann, login)
  await close()

  const again = await start({ on: server })
  expect(again.log).toContainEqual(
    expect.objectContaining({ level: 'warn', message: expect.stringContaining('--secure-store-key-file') }),
  )
  await again.stop()
  await expect(start({ on: server, config: { secureStoreKey: aKey() } })).rejects.toThrow(
    'none of the configured keys opens, such as those of Ann for "sales"',
  )
})

test('a key that lies among what it is to be kept apart from, that is missing, or that is given twice stops the start', async () => {
  const server = await start({ files: { 'keys.txt': aKey() } })
  await server.stop()
  const elsewhere = await aFolder()
  const link = join(elsewhere, 'link')
  await symlink(join(server.folder, 'keys.txt'), link)
  await mkdir(join(server.dataFolder, 'secrets'), { recursive: true })
  await writeFile(join(server.dataFolder, 'secrets', 'keys'), aKey())
  const failing: [object, string][] = [
    [{ secureStoreKeyFile: join(server.folder, 'keys.txt') }, 'Keep it elsewhere'],
    [{ secureStoreKeyFile: link }, 'Keep it elsewhere'],
    [{ secureStoreKeyFile: join(server.dataFolder, 'secrets', 'keys') }, 'Keep it elsewhere'],
    [{ secureStoreKeyFile: join(elsewhere, 'none') }, `openwopi secret new-key ${join(elsewhere, 'none')}`],
    [{ secureStoreKeyFile: elsewhere }, 'cannot be read'],
    [{ secureStoreKeyFile: link, secureStoreKey: aKey() }, 'Leave one of them out'],
    [{ secureStoreKey: 'short' }, 'OPENWOPI_SECURE_STORE_KEY is not one'],
  ]
  for (const [config, why] of failing) await expect(start({ on: server, config })).rejects.toThrow(why)
})

test('a key file that everybody can read is spoken of', async () => {
  const keyFile = join(await aFolder(), 'keys')
  await newKey(keyFile)
  await chmod(keyFile, 0o644)
  const server = await start({ config: { secureStoreKeyFile: keyFile } })
  expect(server.log).toContainEqual(
    expect.objectContaining({ level: 'warn', message: expect.stringContaining(`chmod 600 ${keyFile}`) }),
  )
})
