import type { Package } from './package.ts'

/** How many bytes all parts of a package are together, by its own word: unpacking never makes much more. */
export const unpackedSize = ({ directory }: Package): number =>
  directory.entries.reduce((sum, { size }) => sum + size, 0)
