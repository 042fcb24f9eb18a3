import type { Attributes } from '../envelope/envelope.ts'
import { CellFault, cellFault, type Fault } from '../faults/cell-fault.ts'
import { partitions } from '../known-guids.ts'
import { isMessage, readMessage } from '../objects/message.ts'
import { requestOf } from '../objects/read-request.ts'
import type { CellRequest, PutChanges, SubRequest } from '../objects/request.ts'
import type { CellResponse } from '../objects/response.ts'
import type { ContentState } from './cell-content.ts'
import { etagOf, isTrue } from './file-attributes.ts'

/** What bytes ask for, or what is answered to bytes that cannot be read. */
export type CellQuestion = { readonly request: CellRequest } | { readonly refused: CellResponse }

/** Reads what bytes ask for, and lets others have their turn in between. */
export async function cellQuestion(bytes: Uint8Array, turn?: () => Promise<void>): Promise<CellQuestion> {
  try {
    const message = readMessage(bytes, 'request')
    await turn?.()
    return { request: requestOf(message) }
  } catch (error) {
    if (!(error instanceof CellFault)) throw error
    // The oldest version that is spoken, to who speaks none that is known.
    return { refused: { version: isMessage(bytes) ? (bytes[0] ?? 12) : 12, fault: error.fault } }
  }
}

/** The parts of a request that put content. Other partitions, and reading, need no lock. `usual`: of parts that name none. */
export const contentPuts = ({ subRequests }: CellRequest, usual: string = partitions.content) =>
  subRequests.filter(
    (each): each is SubRequest & PutChanges =>
      each.type === 'putChanges' && (each.partition ?? usual).toLowerCase() === partitions.content,
  )

/** Why a file is not in the state that a client makes a condition. `undefined`: it is. */
export function conditionFault(
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
