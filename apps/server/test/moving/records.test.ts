import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MovedRecord, Records } from '@openwopi/storage-sql/connect'
import { expect, onTestFinished, test } from 'vitest'
import { bringInRecords, takeOutRecords } from '../../src/moving/records.ts'
import { openStateDatabase, withUsers } from '../../src/state/open-state.ts'
import { stateRecords } from '../../src/state/state-records.ts'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openwopi-records-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** What a server keeps that two people sign in to. */
async function newState() {
  const dataFolder = newFolder()
  const place = { dataFolder, database: `sqlite:${join(dataFolder, 'data.db')}` }
  const { db, close } = await openStateDatabase(place)
  onTestFinished(close)
  return { db, place, records: stateRecords(db) }
}

async function filled() {
  const state = await newState()
  const { db } = state
  await db.insertInto('settings').values({ name: 'key', value: 'of links' }).execute()
  for (const name of ['ann', 'bob'])
    await db
      .insertInto('users')
      .values({ name_key: name, name, is_owner: 0, hash: `hash of ${name}`, added_at: 1 })
      .execute()
  const secret = { application_id: 'app', user_id: 'ann', user_name: 'Ann', key_id: 'one', changed_at: 2 }
  await db
    .insertInto('secrets')
    .values({ ...secret, sealed: new Uint8Array([0, 1, 254, 255]) })
    .execute()
  const deed = {
    user_id: 'ann',
    user_name: 'Ann',
    what: 'saved',
    resource_id: '1',
    resource_name: 'a.txt',
    details: '',
  }
  for (const at of [3, 4])
    await db
      .insertInto('audit')
      .values({ ...deed, at })
      .execute()
  return state
}

async function all(records: Records): Promise<MovedRecord[]> {
  const found: MovedRecord[] = []
  for await (const { table, row } of records.all())
    found.push({
      table,
      row: Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, value instanceof Uint8Array ? [...value].join() : value]),
      ),
    })
  return found
}

function newReport() {
  const failures: string[] = []
  const done: string[] = []
  const report = {
    done: (what: string) => void done.push(what),
    failed: (path: string, why: string) => void failures.push(`${path}: ${why}`),
    passed: () => {},
  }
  return { report, done, failures }
}

test('what a server keeps is the same after it was written out and brought in, and only its owner can read it between', async () => {
  const [one, other, folder] = [await filled(), await newState(), newFolder()]
  const umask = process.umask(0)
  await takeOutRecords([one.records], folder, newReport().report).finally(() => process.umask(umask))
  expect(statSync(join(folder, '.openwopi-export', 'records.jsonl')).mode & 0o777).toBe(0o600)
  await bringInRecords(folder, [other.records], newReport().report)
  expect(await all(other.records)).toEqual(await all(one.records))
  const again = newReport()
  await bringInRecords(folder, [other.records], again.report)
  expect(again).toMatchObject({ done: [], failures: [] })
  expect(await all(other.records)).toHaveLength(6)
})

test('wherever bringing it in is stopped, a second time brings the rest once', async () => {
  const [one, folder] = [await filled(), newFolder()]
  await takeOutRecords([one.records], folder, newReport().report)
  for (let steps = 0; steps < 6; steps++) {
    const other = await newState()
    let left = steps
    const stopping: Records = {
      ...other.records,
      async add(record) {
        if (left-- <= 0) throw new Error('the power is gone')
        return other.records.add(record)
      },
    }
    const broken = newReport()
    await bringInRecords(folder, [stopping], broken.report)
    expect(broken.failures).toHaveLength(6 - steps)
    await bringInRecords(folder, [other.records], newReport().report)
    expect(await all(other.records)).toEqual(await all(one.records))
  }
})

test('a database that has a key of its own keeps it, and says what does not work there', async () => {
  const [one, other, folder] = [await filled(), await newState(), newFolder()]
  await takeOutRecords([one.records], folder, newReport().report)
  await other.db.insertInto('settings').values({ name: 'key', value: 'another' }).execute()
  const { report, failures } = newReport()
  await bringInRecords(folder, [other.records], report)
  expect(failures).toEqual([expect.stringMatching(/^settings: the database has another key already.*links/)])
  expect(await withUsers(other.place, async (users) => (await users.all()).map(({ name }) => name))).toEqual([
    'ann',
    'bob',
  ])
})

test('changes that the office has not saved are not left behind unsaid', async () => {
  const [one, folder] = [await filled(), newFolder()]
  const open = { document: 'a', has_unsaved: 1, changed_at: 1, content: new Uint8Array(1) }
  await one.db.insertInto('office_documents').values(open).execute()
  await expect(takeOutRecords([one.records], folder, newReport().report)).rejects.toThrow('has not saved yet')
  expect(() => readFileSync(join(folder, '.openwopi-export', 'records.jsonl'))).toThrow('ENOENT')
})
