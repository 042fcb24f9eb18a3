import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { used } from '../src/blob-states.ts'
import type { Blobs } from '../src/blobs.ts'
import type { Kept } from '../src/carried.ts'
import { openDatabase } from '../src/open-database.ts'
import type { SqlStorageOptions } from '../src/sql-storage.ts'
import type { Db } from '../src/store.ts'
import { fileKind } from '../src/tables.ts'

/** The keys of all blobs in a store. */
export async function keysIn(blobs: Blobs): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of blobs.list()) keys.push(key)
  return keys
}

/** Fails unless rows and blobs are whole: see `expectWhole`. */
export async function expectConsistent(database: SqlStorageOptions['database'], blobs: Blobs): Promise<void> {
  const { db } = await openDatabase(database)
  await expectWhole(db, blobs).finally(() => db.destroy())
}

/** Fails unless every blob that a row names is there, is known as used, and is what was saved. */
export async function expectWhole(db: Db, blobs: Blobs): Promise<void> {
  const versions = await db.selectFrom('versions').selectAll().execute()
  for (const { blob, sha256, size } of versions) expect(await hashOf(blobs, blob)).toEqual({ sha256, size })
  const files = await db.selectFrom('entries').selectAll().where('kind', '=', fileKind).execute()
  for (const { id, sequence, version, blob, kept } of files) {
    const ofFile = versions.filter(({ file_id }) => file_id === id)
    expect(ofFile.find((each) => each.sequence === sequence)).toMatchObject({ version, blob })
    expect(ofFile).toHaveLength(kept)
  }
  const carried = await db.selectFrom('carried').select('carried').execute()
  const streams = carried.flatMap((row) => (JSON.parse(row.carried) as Kept).streams.map(({ blob }) => blob))
  const parts = await db.selectFrom('upload_parts').select('blob').execute()
  const named = [...versions, ...parts].map(({ blob }) => blob).concat(streams)
  const known = await db.selectFrom('blobs').select('key').where('state', '=', used).execute()
  expect(known.map(({ key }) => key).sort()).toEqual(named.sort())
  const lying = new Set(await keysIn(blobs))
  expect(named.filter((key) => !lying.has(key))).toEqual([])
}

async function hashOf(blobs: Blobs, key: string) {
  const hash = createHash('sha256')
  let size = 0
  for await (const piece of (await blobs.get(key)) ?? []) {
    hash.update(piece)
    size += piece.byteLength
  }
  return { sha256: hash.digest('base64'), size }
}
