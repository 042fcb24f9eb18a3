import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ask, postgres, sqlite } from '../../../../packages/storage-sql/test/databases.ts'
import { databaseLimits } from '../../src/limits/database-limits.ts'
import { memoryLimits } from '../../src/limits/memory-limits.ts'
import { openStateDatabase } from '../../src/state/open-state.ts'
import { limitsContract } from './limits-contract.ts'

async function opened(database: string) {
  const dataFolder = await mkdtemp(join(tmpdir(), 'openwopi-limits-'))
  const { db, close } = await openStateDatabase({ dataFolder, database })
  onTestFinished(async () => {
    await close()
    await rm(dataFolder, { recursive: true, force: true })
  })
  return db
}

describe('Limits in memory', () => {
  limitsContract(async (now) => {
    const limits = memoryLimits(now)
    return { limits, again: () => limits }
  })
})

describe('Limits in SQLite', () => {
  limitsContract(async (now) => {
    const db = await opened(await sqlite.fresh())
    return { limits: databaseLimits(db, now), again: () => databaseLimits(db, now) }
  })
})

describe('Limits in PostgreSQL', () => {
  const databases = postgres()
  limitsContract(async (now) => {
    const address = await databases.fresh()
    const [one, other] = [await opened(address), await opened(address)]
    return { limits: databaseLimits(one, now), again: () => databaseLimits(other, now) }
  })

  test('are counted by each server for itself while the database is away', async () => {
    const address = await databases.fresh()
    const limit = databaseLimits(await opened(address), () => 1000)('tries', { times: 2, per: 1000 })
    await ask(address, 'alter table rate_limits rename to elsewhere')
    onTestFinished(() => ask(address, 'alter table elsewhere rename to rate_limits'))
    expect([await limit.take('a'), await limit.take('a')]).toEqual([0, 0])
    expect(await limit.take('a')).toBeGreaterThan(0)
    await limit.giveBack('a')
    expect(await limit.take('a')).toBe(0)
  })

  test('say nothing of whom they count', async () => {
    const address = await databases.fresh()
    const db = await opened(address)
    await databaseLimits(db, () => 1000)('sign-in by name', { times: 2, per: 1000 }).take('anna')
    expect(JSON.stringify(await db.selectFrom('rate_limits').selectAll().execute())).not.toContain('anna')
  })
})
