import { address } from '../cli/config-values.ts'
import { blobPlace, databaseAddress } from '../cli/storage-addresses.ts'

/** Where files are kept, if not in a folder of ordinary files. */
export interface StoredConfig {
  /** `postgres://…`, or `sqlite:` and a path. Absent: the folder that is served holds everything. */
  readonly database?: string
  /** A folder, or `s3://…`: where contents lie that a database knows. Absent: in the data folder. */
  readonly blobs?: string
  /** Name or address, without a port, under which other servers of the database reach this one. Absent: as it listens. */
  readonly nodeAddress?: string
}

/** The options that say so. */
export const storedOptions = {
  database: {
    name: 'database',
    value: 'URL',
    says: 'Keeps files in a database instead of the folder: postgres://USER@HOST/NAME, for any number of servers, or sqlite:PATH.',
    check: databaseAddress.exactOptional(),
    otherwise: 'none: they stay ordinary files in the folder',
  },
  blobs: {
    name: 'blobs',
    value: 'PLACE',
    says: 'Where the contents of files in a database lie: a folder, or s3://BUCKET/PREFIX?endpoint=URL&region=NAME.',
    check: blobPlace.exactOptional(),
    otherwise: 'blobs in the data folder',
  },
  nodeAddress: {
    name: 'node-address',
    value: 'ADDRESS',
    says: 'Name or address under which the other servers of the database reach this one.',
    check: address.exactOptional(),
    otherwise: 'as it listens; on every address, the first one that is no loopback',
  },
} as const
