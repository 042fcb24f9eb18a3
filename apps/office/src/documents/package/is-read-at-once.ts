import type { PackageLimits } from './limits.ts'
import { openPackage } from './package.ts'

/** Unpacked bytes that are read in some fifty milliseconds: for those it is not worth to start a thread. */
const momentary = 256 * 1024

/**
 * Whether a package is read in a moment, by what it says of its size: unpacking never makes much more. Throws
 * `DocumentError` where it is no package.
 */
export const isReadAtOnce = (bytes: Uint8Array, limits?: PackageLimits): boolean =>
  openPackage(bytes, limits).directory.entries.reduce((sum, { size }) => sum + size, 0) <= momentary
