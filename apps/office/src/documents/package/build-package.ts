import { openPackage } from './package.ts'
import { patchPackage } from './patch-package.ts'
import { zip } from './zip-entry.ts'

/** A package made of nothing but these parts, in this order; text is written as UTF-8. */
export function buildPackage(parts: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const empty = new Uint8Array(zip.endLength)
  new DataView(empty.buffer).setUint32(0, zip.end, true)
  const encoder = new TextEncoder()
  const bytesOf = (content: string | Uint8Array) => (typeof content === 'string' ? encoder.encode(content) : content)
  return patchPackage(
    openPackage(empty),
    new Map(Object.entries(parts).map(([name, content]) => [name, bytesOf(content)])),
  )
}
