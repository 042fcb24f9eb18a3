import { deflateSync } from 'fflate'
import { crc32 } from './crc32.ts'
import { viewOf, type ZipEntry, zip } from './zip-entry.ts'

/** An entry as it lies in an archive, and its record of the directory but for its place. */
export interface WrittenEntry {
  readonly local: Uint8Array
  readonly record: Uint8Array
}

/** 1 January 1980: the first day there is, for parts that have no date of their own. */
const noDate = 0x0021 << 16
const neededVersion = 20
const utf8Names = 0x0800

/** Packs a part. It takes the method and the date of the entry it replaces. */
export function writeEntry(name: string, content: Uint8Array, replaced?: ZipEntry): WrittenEntry {
  const rawName = new TextEncoder().encode(name)
  const method = replaced?.method ?? 8
  const packed = method === 0 ? content : deflateSync(content, { level: 6 })
  const date = replaced ? viewOf(replaced.record).getUint32(12, true) : noDate
  const facts = { method, date, crc: crc32(content), packedSize: packed.length, size: content.length, rawName }
  const local = new Uint8Array(zip.localLength + rawName.length + packed.length)
  viewOf(local).setUint32(0, zip.localHeader, true)
  writeFacts(viewOf(local.subarray(4)), facts)
  local.set(rawName, zip.localLength)
  local.set(packed, zip.localLength + rawName.length)
  return { local, record: writeRecord(facts, replaced) }
}

interface Facts {
  readonly method: number
  readonly date: number
  readonly crc: number
  readonly packedSize: number
  readonly size: number
  readonly rawName: Uint8Array
}

/** The fields that a header and a record have in common. */
function writeFacts(view: DataView, { method, date, crc, packedSize, size, rawName }: Facts): void {
  view.setUint16(0, neededVersion, true)
  view.setUint16(2, utf8Names, true)
  view.setUint16(4, method, true)
  view.setUint32(6, date, true)
  view.setUint32(10, crc, true)
  view.setUint32(14, packedSize, true)
  view.setUint32(18, size, true)
  view.setUint16(22, rawName.length, true)
}

function writeRecord(facts: Facts, replaced: ZipEntry | undefined): Uint8Array {
  const record = new Uint8Array(zip.recordLength + facts.rawName.length)
  const view = viewOf(record)
  view.setUint32(0, zip.record, true)
  view.setUint16(4, neededVersion, true)
  writeFacts(viewOf(record.subarray(6)), facts)
  if (replaced) view.setUint32(38, viewOf(replaced.record).getUint32(38, true), true)
  record.set(facts.rawName, zip.recordLength)
  return record
}
