import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectUpToDate } from '@openwopi/storage-sql/connect'
import { expect, onTestFinished, test, vi } from 'vitest'
import { sqlite } from '../../../../packages/storage-sql/test/databases.ts'
import { readKeys } from '../../src/secure-store/keys.ts'
import { newKey } from '../../src/secure-store/new-key.ts'
import { secretNames } from '../../src/secure-store/secret-names.ts'
import { secrets } from '../../src/secure-store/secrets.ts'
import { migrations } from '../../src/state/migrations.ts'
import type { StateTables } from '../../src/state/tables.ts'
import { endsAt, steppedDialect } from './process-end.ts'

vi.mock('node:fs/promises', async (original) =>
  (await import('./process-end.ts')).steppedFiles(await original<typeof import('node:fs/promises')>()),
)

const aKey = () => randomBytes(32).toString('base64')
const ringOf = (...keys: string[]) => readKeys(keys.join('\n'), 'the test')
const [ann, bob] = [
  { id: 'ann', name: 'Ann' },
  { id: 'bob', name: 'Bob' },
]
const login = (password: string) => ({ userName: 'sa', password })

async function aDatabase() {
  const address = await sqlite.fresh()
  const schema = { migrations, name: 'server' }
  const { db } = await connectUpToDate<StateTables>(address, schema)
  const stepped = await connectUpToDate<StateTables>(steppedDialect(address), schema)
  onTestFinished(async () => void (await Promise.all([db.destroy(), stepped.db.destroy()])))
  return { db, stepped: stepped.db }
}

for (const side of ['before', 'after'] as const) {
  test(`wherever a process ends, ${side} any of its statements, the secure store holds all credentials, readable`, async () => {
    const { db, stepped } = await aDatabase()
    const [first, second] = [aKey(), aKey()]
    const ring = ringOf(second, first)
    const readable = async () => [
      (await secrets(db, ring, Date.now).read('one', ann))?.password,
      (await secrets(db, ring, Date.now).read('one', bob))?.password,
    ]
    for (let number = 1, isAgain = true; isAgain; number++) {
      for (const user of [ann, bob]) await secrets(db, ringOf(first), Date.now).put('one', user, login('before'))
      isAgain = await endsAt(number, side, async () => {
        const store = secrets(stepped, ring, Date.now)
        await store.reseal()
        await store.put('one', ann, login('after'))
        await secretNames(stepped).remove('one', 'bob')
      })
      const keys = new Set((await secretNames(db).all()).map(({ keyId }) => keyId))
      expect(keys.size, `sealed anew: all or none, ${number}`).toBe(1)
      const [ofAnn, ofBob] = await readable()
      expect(['before', 'after']).toContain(ofAnn)
      if (ofBob === undefined) expect(ofAnn).toBe('after')
      expect(await secrets(db, ring, Date.now).reseal()).toBeLessThanOrEqual(2)
    }
  })

  test(`wherever a process ends, ${side} any step of making a key, the file holds every key that it held`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'openwopi-keys-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const [path, first] = [join(folder, 'keys'), aKey()]
    for (let number = 1, isAgain = true; isAgain; number++) {
      writeFileSync(path, `${first}\n`)
      isAgain = await endsAt(number, side, () => newKey(path))
      const { sealing, find } = readKeys(readFileSync(path, 'utf8'), path)
      expect(find(ringOf(first).sealing.id)).toBeDefined()
      if (!isAgain) expect(sealing.id).not.toBe(ringOf(first).sealing.id)
    }
  })
}
