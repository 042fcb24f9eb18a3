import type { CheckFileInfo, CreatedFile } from '@openwopi/protocol'
import type { Desk } from './desk.ts'
import { type DocumentContent, type Snapshot, sendable } from './snapshot.ts'

/** Sends content, by default what is unsaved, to a new file beside the document. */
export async function saveCopy(
  { file, call, facts, queue }: Desk,
  info: CheckFileInfo,
  { name, content }: { readonly name?: string; readonly content?: DocumentContent },
): Promise<{ created: CreatedFile; snapshot: Snapshot }> {
  if (facts.readOnly?.why === 'asked') throw new Error('the document was opened for viewing: nothing is written')
  const snapshot = content ? { content, options: {} } : queue.latest
  if (!snapshot) throw new Error('there is nothing to save: the host has everything')
  const bytes = sendable(snapshot)
  const size = bytes instanceof Uint8Array ? bytes.byteLength : snapshot.options.size
  const suggestedTarget = name ?? (info.FileExtension || extensionOf(info.BaseFileName))
  const { file: created } = await file.putRelativeFile({ suggestedTarget, size, content: bytes }, call())
  return { created, snapshot }
}

/** A name without an extension is suggested whole. */
const extensionOf = (name: string): string => (name.lastIndexOf('.') > 0 ? name.slice(name.lastIndexOf('.')) : name)
