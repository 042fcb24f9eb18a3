import { damaged } from './document-error.ts'
import { unpack } from './inflate.ts'
import { type PackageLimits, usualLimits } from './limits.ts'
import { type Directory, readDirectory } from './read-directory.ts'

/** A document that is an archive of parts: .docx, .xlsx, .pptx, .odt and their kin. */
export interface Package {
  /** Names of the parts, as stored, without a leading slash. */
  readonly names: readonly string[]
  has(name: string): boolean
  /** The bytes of a part, unpacked. Throws `DocumentError` where there is no such part or it is damaged. */
  read(name: string): Uint8Array
  /** The archive that it was opened from. */
  readonly bytes: Uint8Array
  readonly directory: Directory
}

/** Opens a package. What is in the parts is not looked at before it is read. Throws `DocumentError`. */
export function openPackage(given: Uint8Array, limits: PackageLimits = usualLimits): Package {
  // The slices of a `Buffer` are no copies: what is written to them would change what was given.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength)
  const directory = readDirectory(bytes, limits)
  const parts = new Map(directory.entries.filter(({ name }) => !name.endsWith('/')).map((entry) => [entry.name, entry]))
  return {
    names: [...parts.keys()],
    has: (name) => parts.has(name),
    read(name) {
      const entry = parts.get(name)
      if (!entry) throw damaged(`“${name}” is missing`)
      return unpack(bytes, entry)
    },
    bytes,
    directory,
  }
}
