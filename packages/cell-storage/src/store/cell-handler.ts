import { isGuid } from '../bytes/guid.ts'
import { failed, type SubAnswer, succeeded } from '../envelope/answer.ts'
import type { SubRequestHandler } from '../envelope/answer-envelope.ts'
import { CellFault, type Fault } from '../faults/cell-fault.ts'
import { isMessage } from '../objects/message.ts'
import { readRequest } from '../objects/read-request.ts'
import type { CellResponse } from '../objects/response.ts'
import { writeResponse } from '../objects/write-response.ts'
import { answerCells, type CellScope, isCarriedOut } from './answer-cells.ts'

/** Answers sub-requests for cells. Whatever goes wrong in the bytes is said both in bytes and in the envelope. */
export const cellHandler =
  (scope: Omit<CellScope, 'partition'>): SubRequestHandler =>
  async ({ bytes, attributes }) => {
    if (!bytes) return succeeded()
    const partition = attributes?.['PartitionID']
    if (partition !== undefined && !isGuid(partition)) return failed('InvalidArgument', 'PartitionID is no GUID.')
    const response = await answered(bytes, { ...scope, ...(partition !== undefined && { partition }) })
    return answerOf(response)
  }

async function answered(bytes: Uint8Array, scope: CellScope): Promise<CellResponse> {
  try {
    return await answerCells(readRequest(bytes), scope)
  } catch (error) {
    if (!(error instanceof CellFault)) throw error
    return refusal(bytes, error.fault)
  }
}

/** The oldest version that is spoken, to who speaks none that is known. */
const refusal = (bytes: Uint8Array, fault: Fault): CellResponse => ({
  version: isMessage(bytes) ? (bytes[0] ?? 12) : 12,
  fault,
})

function answerOf(response: CellResponse): SubAnswer {
  const bytes = writeResponse(response)
  return isCarriedOut(response) ? succeeded({ bytes }) : { ...failed('CellRequestFail'), bytes }
}
