import type * as Y from 'yjs'

/** Where the shared document keeps the file. */
const shared = (document: Y.Doc): Y.Map<unknown> => document.getMap('file')
const content = 'content'

/** The file as it was last put there. `undefined`: nobody has changed it. */
export function sharedFile(document: Y.Doc): Uint8Array | undefined {
  const bytes = shared(document).get(content)
  return bytes instanceof Uint8Array ? bytes : undefined
}

/** Puts a changed file in the place of the one before. */
export function shareFile(document: Y.Doc, bytes: Uint8Array): void {
  shared(document).set(content, bytes)
}

/** Calls back when someone else has put another file there. */
export function onSharedFile(document: Y.Doc, changed: () => void): () => void {
  const heard = (_event: unknown, { local }: Y.Transaction) => {
    if (!local) changed()
  }
  shared(document).observe(heard)
  return () => shared(document).unobserve(heard)
}
