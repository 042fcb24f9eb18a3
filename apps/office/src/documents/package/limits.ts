/** How far a package may go before it is taken for a bomb. Sizes are in bytes. */
export interface PackageLimits {
  /** Of the package as it is stored. */
  readonly packageSize: number
  /** Of one part, unpacked. */
  readonly partSize: number
  /** Of all parts together, unpacked. */
  readonly totalSize: number
  readonly entries: number
  /** Unpacked bytes for each packed one, for parts large enough to matter. */
  readonly ratio: number
}

const mebibyte = 1024 * 1024

/** What ordinary documents stay far below. */
export const usualLimits: PackageLimits = {
  packageSize: 100 * mebibyte,
  partSize: 256 * mebibyte,
  totalSize: 768 * mebibyte,
  entries: 20_000,
  ratio: 400,
}

/** Small parts may be of one letter throughout: only from here on a ratio says something. */
export const ratioMattersFrom = 4 * mebibyte
