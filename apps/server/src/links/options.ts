import { duration, useList } from '../cli/config-values.ts'

/** What links there are. */
export interface LinkConfig {
  /** The longest that a share link works, in milliseconds. Absent: until it is revoked. */
  readonly shareLifetime?: number
  /** The uses that clients may make restricted links for. Absent: none. */
  readonly restrictedLinks?: readonly string[]
}

/** The options that say so. */
export const linkOptions = {
  shareLifetime: {
    name: 'share-lifetime',
    value: 'TIME',
    says: 'The longest that a share link works, as 12h or 30d.',
    check: duration.exactOptional(),
    otherwise: 'until it is revoked',
  },
  restrictedLinks: {
    name: 'restricted-links',
    value: 'USE,...',
    says: 'What clients may make links for that need no signing in, beside sharing; the one known use is FORMS.',
    check: useList,
    default: [],
    otherwise: 'nothing',
    isList: true,
  },
} as const
