import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { MovedRecord, Records } from '@openwopi/storage-sql/connect'
import { z } from 'zod'
import { exportFolder, type MoveReport } from './moved.ts'

const recordsOf = (folder: string): string => join(folder, exportFolder, 'records.jsonl')

const value = z.union([z.string(), z.number(), z.null(), z.object({ base64: z.string() })])
const line = z.object({ table: z.string(), row: z.record(z.string(), value) })

/** Writes what is kept besides files. Hashes of passwords and keys are among it: only who writes it can read it. */
export async function takeOutRecords(all: readonly Records[], to: string, report: MoveReport): Promise<void> {
  await mkdir(join(to, exportFolder), { recursive: true })
  const begun = join(to, exportFolder, 'records.begun')
  await rm(begun, { force: true })
  const file = await open(begun, 'wx', 0o600)
  try {
    for (const records of all)
      for await (const record of records.all()) {
        await file.write(`${JSON.stringify(toLine(record))}\n`)
        report.done(record.table, record.table)
      }
    await file.sync()
  } catch (error) {
    await rm(begun, { force: true })
    throw error
  } finally {
    await file.close()
  }
  await rename(begun, recordsOf(to))
}

/** Brings in what was kept besides files and is not here yet. What is here stays as it is. */
export async function bringInRecords(folder: string, all: readonly Records[], report: MoveReport): Promise<void> {
  for await (const record of readRecords(folder)) {
    const { table } = record
    try {
      const added = await addTo(all, record)
      if (added === undefined) report.failed(table, 'a newer version of this program has written it')
      else if (added) report.done(table, table)
    } catch (error) {
      report.failed(table, error instanceof Error ? error.message : String(error))
    }
  }
}

async function addTo(all: readonly Records[], record: MovedRecord): Promise<boolean | undefined> {
  for (const records of all) {
    const added = await records.add(record)
    if (added !== undefined) return added
  }
  return undefined
}

/** An export by an earlier version has none. */
async function* readRecords(folder: string): AsyncGenerator<MovedRecord> {
  const file = await open(recordsOf(folder)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
  await file?.close()
  if (!file) return
  const input = createReadStream(recordsOf(folder))
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const { table, row } = line.parse(JSON.parse(text))
    yield { table, row: Object.fromEntries(Object.entries(row).map(([name, each]) => [name, toValue(each)])) }
  }
}

const toLine = ({ table, row }: MovedRecord) => ({
  table,
  row: Object.fromEntries(
    Object.entries(row).map(([name, each]) => [
      name,
      each instanceof Uint8Array ? { base64: Buffer.from(each).toString('base64') } : each,
    ]),
  ),
})

const toValue = (written: z.infer<typeof value>): string | number | null | Uint8Array =>
  typeof written === 'object' && written !== null ? Buffer.from(written.base64, 'base64') : written
