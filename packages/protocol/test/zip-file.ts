/** An entry of an archive that a test makes. */
export interface TestEntry {
  readonly name: string
  readonly data: Uint8Array
  /** In the local header alone, as some writers pad it. */
  readonly localExtra?: Uint8Array
  /** Bytes between the data and what comes next, such as a data descriptor. */
  readonly behind?: Uint8Array
  /** What the directory says instead of the truth. */
  readonly says?: { readonly at?: number; readonly size?: number; readonly disk?: number }
  /** The directory has its numbers in a field of ZIP64. */
  readonly isZip64?: boolean
}

/** What surrounds the entries of an archive that a test makes. */
export interface TestArchive {
  readonly before?: Uint8Array
  /** Between the last entry and the directory. */
  readonly beforeDirectory?: Uint8Array
  readonly comment?: Uint8Array
  /** The directory is found through the records of ZIP64. */
  readonly isZip64?: boolean
  /** What the end record says instead of the truth. */
  readonly says?: { readonly at?: number; readonly size?: number; readonly entries?: number; readonly disk?: number }
}

const none = new Uint8Array()
const u16 = (...values: readonly number[]) => Buffer.from(values.flatMap((value) => [value & 255, (value >> 8) & 255]))
const u32 = (...values: readonly number[]) => Buffer.concat(values.map((value) => u16(value & 0xffff, value >>> 16)))
const u64 = (...values: readonly number[]) =>
  Buffer.concat(values.map((value) => u32(value % 2 ** 32, Math.floor(value / 2 ** 32))))
const u64All = Buffer.alloc(8, 255)

function local({ name, data, localExtra = none, behind = none }: TestEntry): Uint8Array[] {
  const [title, size] = [Buffer.from(name), data.length]
  const header = [u32(0x04034b50), u16(20, 0, 0, 0, 0), u32(0, size, size), u16(title.length, localExtra.length)]
  return [Buffer.concat([...header, title, localExtra]), data, behind]
}

function listed({ name, data, says = {}, isZip64 = false }: TestEntry, offset: number): Uint8Array {
  const { at = offset, size = data.length, disk = 0 } = says
  const title = Buffer.from(name)
  const extra = isZip64 ? Buffer.concat([u16(0x5455, 1), Buffer.of(0), u16(1, 24), u64(size, size, at)]) : none
  const [size32, at32] = isZip64 ? [0xffffffff, 0xffffffff] : [size, at]
  return Buffer.concat([
    ...[u32(0x02014b50), u16(20, 20, 0, 0, 0, 0), u32(0, size32, size32)],
    ...[u16(title.length, extra.length, 2, disk, 0), u32(0, at32), title, extra, Buffer.from('hi')],
  ])
}

function ending(at: number, size: number, count: number, { says = {}, isZip64 = false, comment = none }: TestArchive) {
  const said = { at, size, entries: count, disk: 0, ...says }
  const end = (entries: number, ...place: readonly [number, number]) =>
    Buffer.concat([
      u32(0x06054b50),
      u16(said.disk, said.disk, entries, entries),
      u32(...place),
      u16(comment.length),
      comment,
    ])
  if (!isZip64) return [end(said.entries, said.size, said.at)]
  const entries = said.entries < 0 ? u64All : u64(said.entries)
  const place = said.at < 0 ? u64All : u64(said.at)
  return [
    Buffer.concat([u32(0x06064b50), u64(44), u16(45, 45), u32(0, said.disk), entries, entries, u64(said.size), place]),
    Buffer.concat([u32(0x07064b50, 0), u64(at + size), u32(1)]),
    end(0xffff, 0xffffffff, 0xffffffff),
  ]
}

/** An archive of these entries. */
export function zipFile(entries: readonly TestEntry[], archive: TestArchive = {}): Uint8Array {
  const parts: Uint8Array[] = [archive.before ?? none]
  const length = () => parts.reduce((sum, part) => sum + part.length, 0)
  const directory: Uint8Array[] = []
  for (const entry of entries) {
    directory.push(listed(entry, length()))
    parts.push(...local(entry))
  }
  parts.push(archive.beforeDirectory ?? none)
  const at = length()
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  return Uint8Array.from(Buffer.concat([...parts, ...directory, ...ending(at, size, entries.length, archive)]))
}
