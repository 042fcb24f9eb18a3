import { BadAnswer } from '../../failures.ts'
import { ByteReader } from './byte-reader.ts'
import { type CellFault, faultIn } from './cell-fault.ts'
import type { DataElement } from './element.ts'
import { objectTypes as types } from './object-types.ts'
import { readElement } from './read-element.ts'
import { type StreamObject, streamObjectsOf } from './stream-object.ts'

/** What one question is answered by. */
export interface SubResponse {
  readonly id: number
  /** Why it failed, if it did. */
  readonly fault?: CellFault
  readonly data: readonly StreamObject[]
}

/** A binary answer. */
export interface CellResponse {
  /** Why nothing of it could be answered. */
  readonly fault?: CellFault
  readonly elements: readonly DataElement[]
  readonly answers: readonly SubResponse[]
}

const signature = 0x9b069439f329cf9dn

/** Reads a binary answer. Throws a `BadAnswer` for what is none. */
export function readResponse(bytes: Uint8Array): CellResponse {
  const reader = new ByteReader(bytes)
  reader.take(4)
  if (reader.long() !== signature) throw new BadAnswer('the answer does not begin as the protocol of cells has it')
  const [response] = streamObjectsOf(bytes.subarray(reader.at))
  if (response?.type !== types.response) throw new BadAnswer('the answer has no response in it')
  const { nested } = response
  const fault = isFailed(response.content[0]) ? (faultIn(nested) ?? unnamed) : undefined
  return {
    ...(fault && { fault }),
    elements: nested
      .filter(({ type }) => type === types.dataElementPackage)
      .flatMap((each) => each.nested.filter(({ type }) => type === types.dataElement).map(readElement)),
    answers: nested.filter(({ type }) => type === types.subResponse).map(subResponse),
  }
}

function subResponse({ content, nested }: StreamObject): SubResponse {
  const reader = new ByteReader(content)
  const id = reader.compact()
  reader.compact()
  const fault = isFailed(reader.integer(1)) ? (faultIn(nested) ?? unnamed) : undefined
  return { id, ...(fault && { fault }), data: nested }
}

const isFailed = (status: number | undefined): boolean => ((status ?? 0) & 1) === 1
const unnamed: CellFault = { kind: 'unknown', code: 0 }
