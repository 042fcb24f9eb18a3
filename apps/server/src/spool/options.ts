import { duration, folderOrOff, size } from '../cli/config-values.ts'

/** What becomes of saves that cannot be stored. */
export interface SpoolConfig {
  /** The folder that they are put aside in. `off`: they are not. Absent: `spool` in the data folder. */
  readonly spool?: string
  /** Bytes that it may hold. Absent: `usualSize`. */
  readonly spoolSize?: number
  /** Milliseconds for which a save is kept there. Absent: `usualAge`. */
  readonly spoolAge?: number
  /** Milliseconds that the storage may take for one step of a save before the save counts as failed. Absent: `usualPatience`. */
  readonly storagePatience?: number
}

/** Bytes. */
export const usualSize = 2 ** 30

/** Milliseconds. */
export const usualAge = 30 * 24 * 60 * 60_000

/** Milliseconds. */
export const usualPatience = 30_000

/** The options that say so. */
export const spoolOptions = {
  spool: {
    name: 'spool',
    value: 'DIR',
    says: 'Where saves are put aside, encrypted, that cannot be stored just then; off for nowhere.',
    check: folderOrOff.exactOptional(),
    otherwise: 'spool in the data folder',
  },
  spoolSize: {
    name: 'spool-size',
    value: 'BYTES',
    says: 'The most that the spool holds, as 500M or 2G.',
    check: size.exactOptional(),
    otherwise: '1G',
  },
  spoolAge: {
    name: 'spool-age',
    value: 'TIME',
    says: 'How long a save stays in the spool before it is given up.',
    check: duration.exactOptional(),
    otherwise: '30d',
  },
  storagePatience: {
    name: 'storage-patience',
    value: 'TIME',
    says: 'How long a database or a bucket may take for one step of a save before it counts as failed.',
    check: duration.exactOptional(),
    otherwise: '30s',
  },
} as const
