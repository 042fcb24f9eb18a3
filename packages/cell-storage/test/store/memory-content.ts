import { memoryCellFile } from '../../src/index.ts'

/** A file in memory that Ann changes, with its bytes at hand. */
export function memoryContent(bytes?: Uint8Array) {
  const by = { login: 'ann', name: 'Ann' }
  const file = memoryCellFile({ by, now: () => 1_700_000_000_000, ...(bytes && { bytes }) })
  return {
    ...file,
    bytes() {
      const held = file.bytes()
      return held && Buffer.from(held)
    },
  }
}
