import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { readKeyRing } from '../../src/secure-store/read-key-ring.ts'
import { secrets } from '../../src/secure-store/secrets.ts'
import { localPerson, personId } from '../../src/sign-in/person.ts'
import { openStateDatabase } from '../../src/state/open-state.ts'
import { addUser } from '../../src/users.ts'
import { openwopi, temporaryFolder } from './openwopi.ts'

// Each of a test's many commands is a process that starts anew.
vi.setConfig({ testTimeout: 300_000 })

const password = 'pa$$'

/** A folder, a key file beside it, and the command run on both. */
async function place() {
  const folder = await temporaryFolder()
  const keys = join(await temporaryFolder(), 'keys')
  const dataFolder = join(folder, '.openwopi')
  const secret = (
    args: string[],
    { input = '', env = { OPENWOPI_SECURE_STORE_KEY_FILE: keys } as Record<string, string> } = {},
  ) => openwopi(['secret', ...args], { cwd: folder, env, input })
  return {
    keys,
    dataFolder,
    secret,
    async read(applicationId: string, user: string) {
      const ring = await readKeyRing({ folder, dataFolder, secureStoreKeyFile: keys })
      const { db, close } = await openStateDatabase({ dataFolder })
      try {
        if (!ring) throw new Error('there is no key')
        const id = user === 'local' ? localPerson().id : personId(user)
        return await secrets(db, ring, Date.now).read(applicationId, { id, name: user })
      } finally {
        await close()
      }
    },
  }
}

test('credentials are put, listed, sealed anew and removed, and no password is ever shown', async () => {
  const { keys, dataFolder, secret, read } = await place()
  await addUser(dataFolder, { name: 'Anna', password: 'correct horse' })
  await addUser(dataFolder, { name: 'Bruno', password: 'correct horse' })
  const ran = [
    await secret(['new-key', keys]),
    await secret(['put', 'sales', '--login', 'sa', '--password-stdin'], { input: `${password}\n` }),
    await secret(['put', 'sales', '--user', 'bruno', '--login', 'sb', '--windows', '--group', '--password-stdin'], {
      input: password,
    }),
    await secret(['new-key', keys]),
    await secret(['reseal']),
    await secret(['list']),
    await secret(['remove', 'sales', '--user', 'BRUNO']),
    await secret(['list']),
  ]
  expect(ran.map(({ code, stderr }) => [code, stderr])).toEqual(ran.map(() => [0, '']))
  expect(ran.map(({ stdout }) => stdout)).toEqual([
    `${keys} holds a new key. Keep a copy of it: without it, what is sealed with it is lost.\n`,
    'Documents that Anna opens get these credentials for sales now.\n',
    'Documents that Bruno opens get these credentials for sales now.\n',
    `${keys} holds a new key, and 1 before it. It seals from the next start on. "openwopi secret reseal" seals anew what the others have sealed.\n`,
    '2 were sealed anew. The keys behind the first one are not needed any more.\n',
    'sales  Anna\nsales  Bruno\n',
    'The credentials of Bruno for sales are gone.\n',
    'sales  Anna\n',
  ])
  expect(await read('sales', 'Anna')).toEqual({ userName: 'sa', password })
  expect(await read('sales', 'Bruno')).toBeUndefined()
  expect(JSON.stringify(ran)).not.toContain(password)
  expect((await stat(keys)).mode & 0o777).toBe(0o600)
  for (const name of (await readdir(dataFolder)).filter((each) => each.startsWith('server.db')))
    expect((await readFile(join(dataFolder, name))).includes(password)).toBe(false)
})

test('whoever takes a user away is reminded of the credentials that are kept for them', async () => {
  const { keys, dataFolder, secret } = await place()
  for (const name of ['Anna', 'Bruno']) await addUser(dataFolder, { name, password: 'correct horse' })
  await secret(['new-key', keys])
  await secret(['put', 'sales', '--user', 'Bruno', '--login', 'sb', '--password-stdin'], { input: password })
  const ran = await openwopi(['user', 'remove', 'Bruno', join(dataFolder, '..')])
  expect(ran.stderr).toBe('Credentials of Bruno are still kept: sales. "openwopi secret remove" takes them away.\n')
  expect(await secret(['remove', 'sales', '--user', 'Bruno'])).toMatchObject({ code: 0 })
})

test('where nobody signs in, credentials are for whoever uses the server', async () => {
  const { keys, secret, read } = await place()
  await secret(['new-key', keys])
  expect(await secret(['put', 'sales', '--login', 'sa', '--password-stdin'], { input: password })).toMatchObject({
    code: 0,
  })
  expect(await read('sales', 'local')).toEqual({ userName: 'sa', password })
})

test('credentials whose key is not configured are listed as such, and can be taken away', async () => {
  const { keys, secret } = await place()
  await secret(['new-key', keys])
  await secret(['put', 'sales', '--login', 'sa', '--password-stdin'], { input: password })
  const other = `${keys}-2`
  await secret(['new-key', other])
  const env = { OPENWOPI_SECURE_STORE_KEY: (await readFile(other, 'utf8')).trim() }
  expect((await secret(['list'], { env })).stdout).toContain('sealed with a key that is not configured')
  expect((await secret(['reseal'], { env })).stderr).toContain('sealed with a key that is not among those configured')
  expect(await secret(['remove', 'sales'], { env: {} })).toMatchObject({ code: 0 })
})

test.each([
  [
    ['put', 'sales', '--login', 'sa', '--password-stdin'],
    {},
    1,
    'No key is configured. Make one with "openwopi secret new-key FILE"',
  ],
  [['put', 'sales', '--login', 'sa', '--password-stdin'], { OPENWOPI_SECURE_STORE_KEY: 'pa$$word' }, 1, 'is not one'],
  [['put', 'sales', '--password-stdin'], {}, 2, '--login'],
  [['put', ' sales', '--login', 'sa', '--password-stdin'], {}, 2, 'The id of an application'],
  [['put', 'säles', '--login', 'sa', '--password-stdin'], {}, 2, 'The id of an application'],
  [['put', 'sales', '--login', 'sa'], { OPENWOPI_SECURE_STORE_KEY: `${'AB'.repeat(21)}A=` }, 2, '--password-stdin'],
  [['remove', 'sales'], {}, 1, 'None are kept for sales'],
  [['list', 'missing'], {}, 1, 'There is no folder'],
  [['list', '--secure-store-key-file', 'inside'], {}, 1, 'There is no key file'],
])('%j is refused (%#)', async (args, env, code, sentence) => {
  const { secret } = await place()
  const ran = await secret(args, { input: 'pa$$word', env })
  expect(ran).toMatchObject({ code, stdout: '' })
  expect(ran.stderr).toContain(sentence)
  expect(ran.stderr).not.toContain('pa$$word')
})
