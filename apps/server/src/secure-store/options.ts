import { file, secretText } from '../cli/config-values.ts'
import type { Option } from '../config.ts'

/** Where the keys are that the secure store is sealed with. */
export interface SecureStoreConfig {
  /** A file of keys; absolute. Absent, as `secureStoreKey` is: there is no secure store. */
  readonly secureStoreKeyFile?: string
  /** The keys themselves. */
  readonly secureStoreKey?: string
}

/** The options of the secure store. */
export const secureStoreOptions = {
  secureStoreKeyFile: {
    name: 'secure-store-key-file',
    value: 'FILE',
    says: 'The keys of the credentials that documents fetch data with (openwopi secret); kept apart from the data folder.',
    check: file.exactOptional(),
    otherwise: 'none: there is no secure store',
    isPath: true,
  },
  secureStoreKey: {
    name: 'secure-store-key',
    value: 'KEYS',
    says: 'The keys themselves, in place of a file.',
    check: secretText.exactOptional(),
    otherwise: 'none',
    isSecret: true,
  },
} as const satisfies { readonly [K in keyof Required<SecureStoreConfig>]: Option }
