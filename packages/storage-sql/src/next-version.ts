import type { Store } from './store.ts'

/**
 * What the content of this number is called. The end makes sure that no name comes back when a database is restored from a
 * backup and counts over again.
 */
export const nextVersion = ({ newId }: Pick<Store, 'newId'>, sequence: number): string =>
  `${sequence}.${newId().replace(/[^\w]/g, '').slice(0, 8)}`
