import { randomUUID } from 'node:crypto'
import type { SharedForm } from './document-form.ts'
import { type DocumentStore, hashOf } from './document-store.ts'
import type { Claim } from './homes.ts'
import type { FileContent } from './read-content.ts'

/** What a shared document begins with. */
export interface Beginning {
  readonly documentName: string
  readonly state: Uint8Array
  readonly form: SharedForm
  /** Hash of the host's content. */
  readonly base: string
  /** Hash of what was on its way to the host, and may arrive yet. */
  readonly sending?: string
  readonly contributors: readonly string[]
}

/**
 * Goes on where a crash, a restart or another node stopped, if the file is still what the kept document grew from or was being saved
 * as. Otherwise the kept document is put aside when the host lacks any of it, and the file's content is the beginning.
 */
export async function resume(claim: Claim, content: FileContent, store: DocumentStore): Promise<Beginning> {
  const { wopiSrc } = claim
  const base = hashOf(content.bytes)
  const kept = content.form.refusal ? undefined : await store.load(wopiSrc)
  if (kept && (kept.base === base || kept.sending === base))
    return { ...kept, form: content.form.withFormat(kept.format), base }
  if (kept?.hasUnsaved) await store.putAside(claim)
  else if (kept) await store.remove(claim)
  const usual = fresh(wopiSrc, content, base)
  return (await store.isSpent(usual.documentName)) ? fresh(`${wopiSrc}\n${randomUUID()}`, content, base) : usual
}

function fresh(wopiSrc: string, { form, version }: FileContent, base: string): Beginning {
  const identity = `${wopiSrc}\n${version}`
  const documentName = hashOf(identity).slice(0, 32)
  return { documentName, state: form.seed(identity), form, base, contributors: [] }
}
