import { crc32 } from 'node:zlib'
import * as Y from 'yjs'
import type { StoredDocument } from './document-store.ts'

/** A change to a shared document, as somebody's page sent it. */
export interface Change {
  readonly documentName: string
  readonly userId: string
  readonly update: Uint8Array
}

/** From here on, this content may be what the host has. */
export interface Sending {
  readonly documentName: string
  /** Hash of the content. */
  readonly sending: string
}

/** What has happened to a shared document since it was stored as a whole. */
export type Step = Change | Sending

/** Length and checksum of what follows, the length of the head. */
const prefix = 12
const nothing = new Uint8Array()

/** Steps one after the other, so that what a crash has left half written is told from what is whole. */
export const writeSteps = (steps: readonly Step[]): Buffer => Buffer.concat(steps.map(writeStep))

function writeStep(step: Step): Buffer {
  const { update, ...head } = 'update' in step ? step : { ...step, update: nothing }
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
    const head = JSON.parse(content.subarray(0, headEnd).toString())
    steps.push('sending' in head ? head : { ...head, update: content.subarray(headEnd) })
    at = end
  }
  return steps
}

/** A document with what has been done to it since it was stored. Steps of another document of the same file say nothing. */
export function withSteps(stored: StoredDocument, steps: readonly Step[]): StoredDocument {
  const own = steps.filter(({ documentName }) => documentName === stored.documentName)
  if (own.length === 0) return stored
  const changes = own.filter((step) => 'update' in step)
  const sending = own.findLast((step) => 'sending' in step)?.sending
  return {
    ...stored,
    ...(sending !== undefined && { sending }),
    contributors: [...new Set([...stored.contributors, ...changes.map(({ userId }) => userId)])],
    hasUnsaved: true,
    state: Y.mergeUpdates([stored.state, ...changes.map(({ update }) => update)]),
  }
}
