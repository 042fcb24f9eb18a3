import { unzipSync, zipSync } from 'fflate'

/** What becomes of parts: a new content, or what is made of the old one. */
export type PartEdits = Readonly<Record<string, string | Uint8Array | ((before: string) => string)>>

/** A package with some of its parts made anew. */
export function editPackage(bytes: Uint8Array, edits: PartEdits): Uint8Array {
  const parts: Record<string, Uint8Array> = unzipSync(bytes)
  for (const [name, edit] of Object.entries(edits)) {
    const content = typeof edit === 'function' ? edit(new TextDecoder().decode(parts[name])) : edit
    parts[name] = typeof content === 'string' ? new TextEncoder().encode(content) : content
  }
  return zipSync(parts, { mtime: '2024-01-01' })
}

/** Puts something before the last end tag of an element. */
export const before = (end: string, added: string) => (source: string) => {
  const at = source.lastIndexOf(end)
  if (at < 0) throw new Error(`there is no ${end}`)
  return source.slice(0, at) + added + source.slice(at)
}
