import type { CellContent, ContentState } from '../../src/index.ts'

/** A file in memory, with its bytes at hand, as others than clients of cells see it. */
export function memoryContent(bytes?: Uint8Array) {
  let held = bytes && Buffer.from(bytes)
  let version = 1
  const stateOf = (): ContentState | undefined =>
    held && { version: `v${version}`, size: held.length, modifiedAt: 1_700_000_000_000, modifiedBy: 'Ann' }
  const content: CellContent = {
    async find() {
      return stateOf()
    },
    async read(from) {
      return from === `v${version}` ? held : undefined
    },
    async write(from, pieces) {
      if (from !== stateOf()?.version) return undefined
      held = Buffer.concat(pieces)
      version++
      return stateOf()
    },
  }
  return {
    content,
    bytes: () => held,
    /** Changes the file by another way. */
    put(next: Uint8Array) {
      held = Buffer.from(next)
      version++
    },
    remove() {
      held = undefined
      version++
    },
  }
}
