import { sha256 } from '../mapping/hashes.ts'
import type { CellVersion } from './cell-file.ts'

/** Seconds and what tells states of the same second apart: both are numbers of 31 bits, as clients read them. */
const most = 0x7fffffff

/** The two numbers by which clients know a version: they stay the same however many others are kept. */
export function versionParts({ version, modifiedAt }: CellVersion): readonly [number, number] {
  const seconds = Math.min(most, Math.max(0, Math.floor(modifiedAt / 1000)))
  const hash = sha256(['version', version])
  return [seconds, new DataView(hash.buffer, hash.byteOffset).getUint32(0) & most]
}

/** The number of a version as it is written: two numbers with a point between. */
export const versionNumber = (version: CellVersion): string => versionParts(version).join('.')

/** Whether a text is a number of a version, of this server or of another one. */
export const isVersionNumber = (text: string): boolean => /^\d{1,20}\.\d{1,20}$/.test(text)
