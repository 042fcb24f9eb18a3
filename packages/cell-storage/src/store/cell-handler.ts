import { isGuid } from '../bytes/guid.ts'
import { failed, type SubAnswer, succeeded } from '../envelope/answer.ts'
import type { SubRequestHandler } from '../envelope/answer-envelope.ts'
import type { Attributes } from '../envelope/envelope.ts'
import { ticksSince1601 } from '../envelope/ticks.ts'
import { CellFault, cellFault, type Fault } from '../faults/cell-fault.ts'
import { isMessage } from '../objects/message.ts'
import { readRequest } from '../objects/read-request.ts'
import type { CellRequest } from '../objects/request.ts'
import type { CellResponse } from '../objects/response.ts'
import { writeResponse } from '../objects/write-response.ts'
import { answerCells, type CellScope, isCarriedOut, refusedCells } from './answer-cells.ts'
import type { ContentState } from './cell-content.ts'

/** Answers sub-requests for cells. Whatever goes wrong in the bytes is said both in bytes and in the envelope. */
export const cellHandler =
  (scope: Omit<CellScope, 'partition'>): SubRequestHandler =>
  async ({ bytes, attributes = {} }) => {
    if (!bytes) return succeeded()
    const partition = attributes['PartitionID']
    if (partition !== undefined && !isGuid(partition)) return failed('InvalidArgument', 'PartitionID is no GUID.')
    const response = await answered(bytes, attributes, { ...scope, ...(partition !== undefined && { partition }) })
    const answer = {
      bytes: writeResponse(response),
      attributes: stateAttributes(await scope.content.find(), attributes),
    }
    return isCarriedOut(response) ? succeeded(answer) : { ...failed('CellRequestFail'), bytes: answer.bytes }
  }

/** What a client calls a version of a file. */
export const etagOf = ({ version }: ContentState): string => `"${version}"`

const isTrue = (text: string | undefined) => text?.toLowerCase() === 'true' || text === '1'

async function answered(bytes: Uint8Array, attributes: Attributes, scope: CellScope): Promise<CellResponse> {
  try {
    const request = readRequest(bytes)
    const fault = conditionFault(request, attributes, await scope.content.find())
    return fault ? refusedCells(request, fault) : await answerCells(request, scope)
  } catch (error) {
    if (!(error instanceof CellFault)) throw error
    return refusal(bytes, error.fault)
  }
}

/** Why a file is not in the state that a client makes a condition. `undefined`: it is. */
function conditionFault(
  { subRequests }: CellRequest,
  { Etag: etag = '', ExpectNoFileExists }: Attributes,
  state: ContentState | undefined,
): Fault | undefined {
  if (etag !== '' && (!state || etag !== etagOf(state))) {
    return cellFault('CoherencyFailure', 'the file is not at the version that the client has').fault
  }
  const isPut = subRequests.some(({ type }) => type === 'putChanges')
  if (isPut && state && etag === '' && isTrue(ExpectNoFileExists)) {
    return cellFault('CoherencyFailure', 'there is a file already').fault
  }
  return undefined
}

/** The oldest version that is spoken, to who speaks none that is known. */
const refusal = (bytes: Uint8Array, fault: Fault): CellResponse => ({
  version: isMessage(bytes) ? (bytes[0] ?? 12) : 12,
  fault,
})

/** What an answer says of the file, beside the cells. */
function stateAttributes(
  state: ContentState | undefined,
  { GetFileProps }: Attributes,
): NonNullable<SubAnswer['attributes']> {
  if (!state) return {}
  const times = isTrue(GetFileProps)
  const ticks = (instant: number | undefined) =>
    times && instant !== undefined ? String(ticksSince1601(instant)) : undefined
  return {
    Etag: etagOf(state),
    CreateTime: ticks(state.createdAt ?? state.modifiedAt),
    LastModifiedTime: ticks(state.modifiedAt),
    ModifiedBy: state.modifiedBy,
    HaveOnlyDemotionChanges: 'False',
  }
}
