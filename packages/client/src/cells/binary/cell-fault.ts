import { ByteReader } from './byte-reader.ts'
import { type Guid, guidOf } from './guid.ts'
import { objectTypes } from './object-types.ts'
import type { StreamObject } from './stream-object.ts'

/** Why something binary failed. */
export interface CellFault {
  readonly kind: 'cell' | 'protocol' | 'win32' | 'result' | 'unknown'
  /** Of a cell, 12: somebody else has changed it; 16: something is missing. Of a result: as Windows numbers them. */
  readonly code: number
  /** What the host says about it. */
  readonly text?: string
}

const kinds: Readonly<Record<Guid, CellFault['kind']>> = {
  '5a66a756-87ce-4290-a38b-c61c5ba05a67': 'cell',
  '7afeaebf-033d-4828-9c31-3977afe58249': 'protocol',
  '32c39011-6e39-46c4-ab78-db41929d679e': 'win32',
  '8454c8f2-e401-405a-a198-a10b6991b56e': 'result',
}
const { cellError, protocolError, win32Error, resultError } = objectTypes
const codes: readonly number[] = [cellError, protocolError, win32Error, resultError]

/** The fault that an error object tells of. */
export function readFault({ content, nested }: StreamObject): CellFault {
  const code = nested.find(({ type }) => codes.includes(type))
  const text = nested.find(({ type }) => type === objectTypes.errorText)
  return {
    kind: kinds[guidOf(content)] ?? 'unknown',
    code: code ? new ByteReader(code.content).integer(4) : 0,
    ...(text && { text: textOf(text.content) }),
  }
}

/** A text as its length and two bytes for each character. */
function textOf(content: Uint8Array): string {
  const reader = new ByteReader(content)
  return new TextDecoder('utf-16le').decode(reader.take(reader.compact() * 2))
}

/** The fault among stream objects, if one of them is an error. */
export function faultIn(objects: readonly StreamObject[]): CellFault | undefined {
  const error = objects.find(({ type }) => type === objectTypes.error)
  return error && readFault(error)
}
