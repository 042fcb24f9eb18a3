/** One entry of a zip archive, as its directory and its own header agree on it. */
export interface ZipEntry {
  /** As it is stored, with `/` between folders. */
  readonly name: string
  /** 0: stored as it is. 8: deflated. */
  readonly method: 0 | 8
  readonly crc: number
  readonly packedSize: number
  readonly size: number
  /** Where the entry's own header begins. */
  readonly start: number
  /** Where its packed bytes begin. */
  readonly dataStart: number
  /** Where the next entry, or the directory, begins. */
  readonly end: number
  /** The record of the directory, which holds what is copied unread. */
  readonly record: Uint8Array
}

/** Signatures and fixed lengths of the archive's records. */
export const zip = {
  localHeader: 0x04034b50,
  localLength: 30,
  record: 0x02014b50,
  recordLength: 46,
  end: 0x06054b50,
  endLength: 22,
} as const

/** Reads little-endian numbers of `bytes`. */
export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
