import { BadAnswer } from '../failures.ts'
import { fromBase64, toBase64 } from './binary/base64.ts'
import type { CellFault } from './binary/cell-fault.ts'
import type { Guid } from './binary/guid.ts'
import { type CellResponse, readResponse } from './binary/read-response.ts'
import { type Question, writeRequest } from './binary/write-request.ts'
import type { CellWire } from './cell-wire.ts'
import type { CellSubAnswer } from './envelope/sub-request.ts'
import { type CellResult, refusalOf } from './refusal.ts'

/** What a partition was answered with, and what was said of the file beside it. */
export interface CellAnswer {
  readonly response: CellResponse
  readonly attributes: Readonly<Record<string, string>>
}

/** Asks a partition a question. */
export async function askCells(
  wire: CellWire,
  question: Question,
  {
    partition,
    attributes = {},
  }: { readonly partition?: Guid; readonly attributes?: Record<string, string | undefined> } = {},
): Promise<CellResult<CellAnswer>> {
  const request = writeRequest(question, { agent: wire.agent, ...(partition && { partition }) })
  const all = { ...attributes, PartitionID: partition, BinaryDataSize: String(request.byteLength) }
  const asked = { type: 'Cell', data: { attributes: all, text: toBase64(request) } }
  const wantsName = question.ask === 'put' ? { ShouldReturnDisambiguatedFileName: 'true' } : {}
  const [answer] = await wire.send([asked], wantsName)
  if (!answer) throw new BadAnswer('the host has not answered Cell')
  const response = answer.text.trim() === '' ? undefined : readResponse(bytesIn(answer))
  const fault = response && faultOf(response)
  // A fault is a failure, even to a host that says otherwise of what it is wrapped in.
  const code = answer.code ?? (fault && 'CellRequestFail')
  if (code) return refusalOf({ ...answer, code }, fault)
  if (!response) throw new BadAnswer('the host has answered a question about cells with nothing')
  return { is: 'done', response, attributes: answer.attributes }
}

function bytesIn({ text }: CellSubAnswer): Uint8Array {
  try {
    return fromBase64(text)
  } catch (cause) {
    throw new BadAnswer("the host's answer about cells is no base64", { cause })
  }
}

const faultOf = ({ fault, answers }: CellResponse): CellFault | undefined =>
  fault ?? answers.find((answer) => answer.fault)?.fault
