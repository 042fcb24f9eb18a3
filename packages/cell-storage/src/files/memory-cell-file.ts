import type { CellContent, ContentState } from '../store/cell-content.ts'
import type { CellFile, CellVersion, VersionAuthor } from './cell-file.ts'

/** What a file in memory begins with. */
export interface MemoryFileOptions {
  readonly name?: string
  /** Absent: there is no file yet. */
  readonly bytes?: Uint8Array
  readonly properties?: Readonly<Record<string, string>>
  readonly freeName?: CellFile['freeName']
  /** Who changes it. */
  readonly by: VersionAuthor
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** A file that lasts as long as this process, with its name at hand, and its bytes, as others than clients of cells see them. */
export interface MemoryCellFile extends Required<Omit<CellFile, 'freeName'>>, Pick<CellFile, 'freeName'> {
  name(): string
  /** `undefined`: there is no file. */
  bytes(): Uint8Array | undefined
  /** Changes the file by another way. */
  put(bytes: Uint8Array): void
  remove(): void
}

interface Kept extends CellVersion {
  readonly bytes: Uint8Array
}

/** A file that lasts as long as this process. */
export function memoryCellFile({ by, now, ...given }: MemoryFileOptions): MemoryCellFile {
  let name = given.name ?? 'document.docx'
  let count = 0
  let kept: readonly Kept[] = []
  const put = (bytes: Uint8Array) => {
    kept = [
      { version: `v${++count}`, size: bytes.length, modifiedAt: now(), by, bytes: new Uint8Array(bytes) },
      ...kept,
    ]
  }
  if (given.bytes) put(given.bytes)

  const stateOf = (): ContentState | undefined => {
    const [present, first] = [kept[0], kept.at(-1)]
    if (!present) return undefined
    const { version, size, modifiedAt } = present
    return {
      version,
      size,
      modifiedAt,
      createdAt: first?.modifiedAt ?? modifiedAt,
      createdBy: by.name,
      modifiedBy: by.name,
    }
  }
  const content: CellContent = {
    async find() {
      return stateOf()
    },
    async read(version) {
      return version === kept[0]?.version ? kept[0].bytes : undefined
    },
    async write(from, pieces) {
      if (from !== kept[0]?.version) return undefined
      put(Buffer.concat(pieces))
      return stateOf()
    },
  }
  return {
    content,
    versions: {
      async list() {
        return kept.map(({ bytes: _, ...version }) => version)
      },
      async read(version) {
        return kept.find((each) => each.version === version)?.bytes
      },
      async restore(version) {
        const found = kept.find((each) => each.version === version)
        if (found) put(found.bytes)
        return found ? 'restored' : 'notKept'
      },
    },
    async rename(wanted) {
      if (wanted === '' || /[\\/]/.test(wanted)) return 'invalid'
      if (kept.length === 0) return 'refused'
      name = wanted
      return 'renamed'
    },
    ...(given.freeName && { freeName: given.freeName }),
    properties: async () => given.properties ?? {},
    name: () => name,
    bytes: () => kept[0]?.bytes,
    put,
    remove() {
      kept = []
    },
  }
}
