import { isGuid } from '../bytes/guid.ts'
import { failed, type SubAnswer, succeeded } from '../envelope/answer.ts'
import type { SubRequestHandler } from '../envelope/answer-envelope.ts'
import type { Attributes } from '../envelope/envelope.ts'
import { ticksSince1601 } from '../envelope/ticks.ts'
import { CellFault, cellFault, type Fault, resultFault } from '../faults/cell-fault.ts'
import { resultFaults } from '../faults/fault-codes.ts'
import { partitions } from '../known-guids.ts'
import { isMessage } from '../objects/message.ts'
import { readRequest } from '../objects/read-request.ts'
import type { CellRequest } from '../objects/request.ts'
import type { CellResponse } from '../objects/response.ts'
import { responsePieces } from '../objects/write-response.ts'
import { answerCells, type CellScope, isCarriedOut, refusedCells } from './answer-cells.ts'
import type { ContentState } from './cell-content.ts'

/** What sub-requests for cells are answered from. */
export interface CellHandlerScope extends Omit<CellScope, 'partition'> {
  /** Who keeps a client out that says it holds `lock`, as others read it. `undefined`: nobody does. */
  readonly keptOutBy: (lock: string | undefined) => Promise<string | undefined>
}

/** Answers sub-requests for cells. Whatever goes wrong in the bytes is said both in bytes and in the envelope. */
export const cellHandler =
  ({ editors, ...scope }: CellHandlerScope): SubRequestHandler =>
  async ({ bytes, attributes = {} }, { minorVersion }) => {
    if (!bytes) return succeeded()
    const partition = attributes['PartitionID']
    if (partition !== undefined && !isGuid(partition)) return failed('InvalidArgument', 'PartitionID is no GUID.')
    const own = {
      ...scope,
      ...(partition !== undefined && { partition }),
      // Clients of the first version keep the table of editors themselves.
      ...(editors && minorVersion >= 2 && { editors }),
    }
    const { response, holder } = await answered(bytes, attributes, own)
    const answer = {
      pieces: responsePieces(response),
      attributes: stateAttributes(await scope.content.find(), attributes),
    }
    if (isCarriedOut(response)) return succeeded(answer)
    if (holder === undefined) return { ...failed('CellRequestFail'), pieces: answer.pieces }
    return { ...failed('FileAlreadyLockedOnServer', holder), hresult: lockViolation, pieces: answer.pieces }
  }

/** ERROR_LOCK_VIOLATION, as a signed number. */
const lockViolation = resultFaults.LockViolation - 2 ** 32

interface Answered {
  readonly response: CellResponse
  /** Who has kept the client out, as others read it. */
  readonly holder?: string
}

/** What a client calls a version of a file. */
export const etagOf = ({ version }: ContentState): string => `"${version}"`

const isTrue = (text: string | undefined) => text?.toLowerCase() === 'true' || text === '1'

async function answered(
  bytes: Uint8Array,
  attributes: Attributes,
  scope: CellHandlerScope & CellScope,
): Promise<Answered> {
  try {
    const request = readRequest(bytes)
    const fault = conditionFault(request, attributes, await scope.content.find())
    if (fault) return { response: refusedCells(request, fault) }
    const holder = await holderAgainst(request, attributes, scope)
    // A coherency failure would have the client merge and try again.
    if (holder !== undefined) return { response: refusedCells(request, resultFault('LockViolation').fault), holder }
    return { response: await answerCells(request, scope) }
  } catch (error) {
    if (!(error instanceof CellFault)) throw error
    return { response: refusal(bytes, error.fault) }
  }
}

/** Who keeps a client from putting content. Other partitions, and reading, need no lock. `undefined`: nobody does. */
async function holderAgainst(
  { subRequests }: CellRequest,
  { BypassLockID }: Attributes,
  scope: CellHandlerScope & CellScope,
): Promise<string | undefined> {
  for (const subRequest of subRequests) {
    const partition = (subRequest.partition ?? scope.partition ?? partitions.content).toLowerCase()
    if (subRequest.type !== 'putChanges' || partition !== partitions.content) continue
    const holder = await scope.keptOutBy(subRequest.lock ?? BypassLockID)
    if (holder !== undefined) return holder
  }
  return undefined
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
