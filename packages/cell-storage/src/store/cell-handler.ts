import { isGuid } from '../bytes/guid.ts'
import { failed, type SubAnswer, succeeded } from '../envelope/answer.ts'
import type { RequestScope, SubRequestHandler } from '../envelope/answer-envelope.ts'
import type { Attributes, EnvelopeSubRequest } from '../envelope/envelope.ts'
import { resultFault } from '../faults/cell-fault.ts'
import { cellFaults, resultFaults } from '../faults/fault-codes.ts'
import { keepSaid, readSaid, wrongInSaid } from '../files/file-said.ts'
import type { CellRequest, PutChanges } from '../objects/request.ts'
import { type CellResponse, isFault } from '../objects/response.ts'
import { responsePieces } from '../objects/write-response.ts'
import { answerCells, type CellScope, isCarriedOut, refusedCells } from './answer-cells.ts'
import { cellQuestion, conditionFault, contentPuts } from './cell-question.ts'
import { fileAttributes, isTrue } from './file-attributes.ts'

/** What sub-requests for cells are answered from. */
export interface CellHandlerScope extends Omit<CellScope, 'partition'> {
  /** Who keeps a client out that says it holds `lock`, as others read it. `undefined`: nobody does. */
  readonly keptOutBy: (lock: string | undefined) => Promise<string | undefined>
  /** Takes the lock that a client wants with a save. Absent: there are none to be taken. */
  readonly lockForSave?: LockForSave
}

/** Takes the lock that a client wants with a save, or says why it does not get it. `undefined`: it wants none. */
export type LockForSave = (
  subRequest: EnvelopeSubRequest,
  scope: RequestScope,
) => Promise<TakenLock | SubAnswer | undefined>

/** A lock that was taken for a save. */
export interface TakenLock {
  readonly id: string
  /** Gives it back, if it was not held before. */
  giveBack(): Promise<void>
}

/** Answers sub-requests for cells. Whatever goes wrong in the bytes is said both in bytes and in the envelope. */
export const cellHandler =
  ({ editors, lockForSave, ...scope }: CellHandlerScope): SubRequestHandler =>
  async (subRequest, about) => {
    const { bytes, attributes = {} } = subRequest
    if (!bytes) return succeeded()
    const wrong = wrongIn(attributes)
    if (wrong) return failed('InvalidArgument', wrong)
    const { PartitionID: partition } = attributes
    const question = await cellQuestion(bytes, scope.turn)
    await scope.turn?.()
    if ('refused' in question) return refusal(question.refused)
    const puts = contentPuts(question.request, partition)
    const lock = puts.length > 0 ? await lockForSave?.(subRequest, about) : undefined
    if (lock && 'errorCode' in lock) return lock
    const own: Own = {
      ...scope,
      ...(partition !== undefined && { partition }),
      // Clients of the first version keep the table of editors themselves.
      ...(editors && about.minorVersion >= 2 && { editors }),
      puts,
      held: [lock?.id, attributes['BypassLockID']].filter((each) => each !== undefined),
    }
    const answer = await answered(question.request, attributes, own)
    if (!lock) return answer
    if (answer.errorCode === 'Success')
      return { ...answer, attributes: { ...answer.attributes, LockType: 'ExclusiveLock' } }
    await lock.giveBack()
    return answer
  }

interface Own extends CellScope, Pick<CellHandlerScope, 'keptOutBy'> {
  /** What of the request puts content. */
  readonly puts: readonly PutChanges[]
  /** The locks that the client says it holds, beside what its puts say. */
  readonly held: readonly string[]
}

function wrongIn(attributes: Attributes): string | undefined {
  const partition = attributes['PartitionID']
  return partition !== undefined && !isGuid(partition) ? 'PartitionID is no GUID.' : wrongInSaid(attributes)
}

/** ERROR_LOCK_VIOLATION, as a signed number. */
const lockViolation = resultFaults.LockViolation - 2 ** 32

async function answered(request: CellRequest, attributes: Attributes, scope: Own): Promise<SubAnswer> {
  const { content, puts } = scope
  const fault = conditionFault(request, attributes, await content.find())
  if (fault) return refusal(refusedCells(request, fault), puts.length > 0)
  const holder = await holderAgainst(scope)
  if (holder !== undefined) {
    // A coherency failure would have the client merge and try again.
    const response = refusedCells(request, resultFault('LockViolation').fault)
    return { ...failed('FileAlreadyLockedOnServer', holder), hresult: lockViolation, pieces: responsePieces(response) }
  }
  const change = { amongOthers: isTrue(attributes['CoauthVersioning']) }
  const response = await answerCells(request, {
    ...scope,
    content: { ...content, write: (from, pieces) => content.write(from, pieces, change) },
  })
  if (!isCarriedOut(response)) return refusal(response, puts.length > 0 && isIncoherent(response))
  return succeeded({ pieces: responsePieces(response), attributes: await factsOf(attributes, scope) })
}

/** What is answered beside the cells, once what was said with them is kept. */
async function factsOf(attributes: Attributes, scope: Own): Promise<NonNullable<SubAnswer['attributes']>> {
  const state = await scope.content.find()
  const isPut = scope.puts.some(({ flags }) => !flags.partial)
  const wantsTimes = isTrue(attributes['GetFileProps'])
  const said =
    state && isPut ? await keepSaid(scope, attributes, state.version) : wantsTimes ? await readSaid(scope) : undefined
  return fileAttributes({ state, isPut, ...(said && { said }) }, attributes)
}

/** Who keeps a client from putting content, whichever of the locks it says it holds. `undefined`: nobody does. */
async function holderAgainst({ puts, held, keptOutBy }: Own): Promise<string | undefined> {
  for (const { lock } of puts) {
    const [first, ...others] = lock === undefined ? held : [lock, ...held]
    let holder = await keptOutBy(first)
    for (const other of others) if (holder !== undefined) holder = await keptOutBy(other)
    if (holder !== undefined) return holder
  }
  return undefined
}

const refusal = (response: CellResponse, isTooLate = false): SubAnswer => ({
  ...failed('CellRequestFail'),
  pieces: responsePieces(response),
  ...(isTooLate && { isTooLate }),
})

const isIncoherent = ({ fault, ...response }: CellResponse): boolean =>
  !fault &&
  'subResponses' in response &&
  response.subResponses.some(
    ({ outcome }) => isFault(outcome) && outcome.kind === 'cell' && outcome.code === cellFaults.CoherencyFailure,
  )
