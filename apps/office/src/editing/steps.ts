import { crc32 } from 'node:zlib'
import * as Y from 'yjs'
import type { StoredDocument } from './document-store.ts'

/** A change to a shared document, as somebody's page sent it. */
export interface Step {
  readonly documentName: string
  readonly userId: string
  readonly update: Uint8Array
}

/** Length and checksum of what follows, the length of the head. */
const prefix = 12

/** Steps one after the other, so that what a crash has left half written is told from what is whole. */
export const writeSteps = (steps: readonly Step[]): Buffer => Buffer.concat(steps.map(writeStep))

function writeStep({ update, ...head }: Step): Buffer {
  const json = Buffer.from(JSON.stringify(head))
  const content = Buffer.concat([json, update])
  const start = Buffer.alloc(prefix)
  start.writeUInt32BE(content.length)
  start.writeUInt32BE(crc32(content), 4)
  start.writeUInt32BE(json.length, 8)
  return Buffer.concat([start, content])
}

/** The steps in `raw`, up to the first that is not whole. */
export function readSteps(raw: Buffer): readonly Step[] {
  const steps: Step[] = []
  for (let at = 0; at + prefix <= raw.length; ) {
    const end = at + prefix + raw.readUInt32BE(at)
    const content = raw.subarray(at + prefix, end)
    if (end > raw.length || content.length === 0 || crc32(content) !== raw.readUInt32BE(at + 4)) break
    const headEnd = raw.readUInt32BE(at + 8)
    steps.push({ ...JSON.parse(content.subarray(0, headEnd).toString()), update: content.subarray(headEnd) })
    at = end
  }
  return steps
}

/** A document with what has been done to it since it was stored. Steps of another document of the same file say nothing. */
export function withSteps(stored: StoredDocument, steps: readonly Step[]): StoredDocument {
  const own = steps.filter(({ documentName }) => documentName === stored.documentName)
  if (own.length === 0) return stored
  return {
    ...stored,
    contributors: [...new Set([...stored.contributors, ...own.map(({ userId }) => userId)])],
    hasUnsaved: true,
    state: Y.mergeUpdates([stored.state, ...own.map(({ update }) => update)]),
  }
}
