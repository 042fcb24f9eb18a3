import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { MovedRecord, Records } from '@openwopi/storage-sql/connect'
import { z } from 'zod'
import { beginExport } from './begin-export.ts'
import { exportFolder, type MoveReport } from './moved.ts'
import { writeLines } from './write-lines.ts'

const recordsOf = (folder: string): string => join(folder, exportFolder, 'records.jsonl')

const value = z.union([z.string(), z.number(), z.null(), z.object({ base64: z.string() })])
const line = z.object({ table: z.string(), row: z.record(z.string(), value) })

/** Writes what is kept besides files. Hashes of passwords and keys are among it: only who writes it can read it. */
export async function takeOutRecords(all: readonly Records[], to: string, report: MoveReport): Promise<void> {
  await beginExport(to)
  await writeLines(recordsOf(to), linesOf(all, report), { isPrivate: true })
}

async function* linesOf(all: readonly Records[], report: MoveReport): AsyncGenerator<object> {
  for (const records of all)
    for await (const record of records.all()) {
      yield toLine(record)
      report.done(record.table, record.table)
    }
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
  if (!file) return
  for await (const text of file.readLines()) {
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
