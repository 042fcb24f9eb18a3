import * as Y from 'yjs'

/** Whether nothing that was put into one document is missing in another. What was only taken out does not count. */
export function hasAll(document: Y.Doc, { of }: { readonly of: Y.Doc }): boolean {
  const there = Y.decodeStateVector(Y.encodeStateVector(document))
  const needed = Y.decodeStateVector(Y.encodeStateVector(of))
  return [...needed].every(([client, clock]) => (there.get(client) ?? 0) >= clock)
}
