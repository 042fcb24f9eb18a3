import { randomUUID } from 'node:crypto'
import { seed, type TextFormat } from '../documents/text/text-format.ts'
import { type DocumentStore, hashOf } from './document-store.ts'
import type { TextContent } from './read-content.ts'

/** What a shared document begins with. */
export interface Beginning {
  readonly documentName: string
  readonly state: Uint8Array
  readonly format: TextFormat
  /** Hash of the host's content. */
  readonly base: string
  readonly contributors: readonly string[]
}

/**
 * Goes on where a crash or a restart stopped, if the file is still what the kept document grew from or was being saved
 * as. Otherwise the kept document is put aside when the host lacks any of it, and the file's content is the beginning.
 * `isSpent`: a document of that name was thrown away, and whoever still holds it must not bring it back.
 */
export async function resume(
  wopiSrc: string,
  content: TextContent,
  { store, isSpent }: { store: DocumentStore; isSpent: (documentName: string) => boolean },
): Promise<Beginning> {
  const base = hashOf(content.bytes)
  const kept = content.isForeign ? undefined : await store.load(wopiSrc)
  if (kept && (kept.base === base || kept.sending === base)) return { ...kept, base }
  if (kept?.hasUnsaved) await store.putAside(wopiSrc)
  else if (kept) await store.remove(wopiSrc)
  const usual = fresh(wopiSrc, content, base)
  return isSpent(usual.documentName) ? fresh(`${wopiSrc}\n${randomUUID()}`, content, base) : usual
}

function fresh(wopiSrc: string, { text, format, version }: TextContent, base: string): Beginning {
  const identity = `${wopiSrc}\n${version}`
  const documentName = hashOf(identity).slice(0, 32)
  return { documentName, state: seed(text, format, identity), format, base, contributors: [] }
}
