import type { StoredDocument } from './document-store.ts'

/** A stored document as bytes: the length of the head, the head as JSON, the state. */
export function writeDocument({ state, ...head }: StoredDocument): Buffer {
  const json = Buffer.from(JSON.stringify(head))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(json.length)
  return Buffer.concat([length, json, state])
}

/** The document that `writeDocument` made these of. */
export function readDocument(raw: Buffer): StoredDocument {
  const end = 4 + raw.readUInt32BE(0)
  return { ...JSON.parse(raw.subarray(4, end).toString()), state: raw.subarray(end) }
}
