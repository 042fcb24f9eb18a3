import { failed, type SubAnswer } from './answer.ts'
import { keptBack } from './dependencies.ts'
import type { Attributes, Envelope, EnvelopeRequest, EnvelopeSubRequest } from './envelope.ts'
import { isSubRequestType, type SubRequestType } from './sub-request-types.ts'
import { type EnvelopeAnswer, type ResponseAnswer, type SubResponseAnswer, writeAnswer } from './write-answer.ts'

/** What the sub-requests of one body have in common. */
export interface RequestScope {
  /** The minor version of what the client speaks: 0, 2 or 3. */
  readonly minorVersion: number
  /** Of the request that the sub-request belongs to. */
  readonly request: Attributes
}

/** Carries out a sub-request. */
export type SubRequestHandler = (subRequest: EnvelopeSubRequest, scope: RequestScope) => Promise<SubAnswer>

/** What answers take from the server. */
export interface AnswerOptions {
  /** One for each type of sub-request that is supported. */
  readonly handlers: { readonly [T in SubRequestType]?: SubRequestHandler }
  /** A GUID that stays the same for the file. */
  readonly resourceId: string
  /** A name beside the file that none has, for what comes too late to become its content. `undefined`: there is none. */
  readonly freeName?: () => Promise<string | undefined>
  /** Where the server is. */
  readonly webUrl?: string
  /** How many bytes an answer may carry before no more is carried out. 64 MiB unless said otherwise. */
  readonly maxAnswer?: number
  /** Lets others have their turn between two pieces of work. Absent: they wait. */
  readonly turn?: () => Promise<void>
  /** Is told of errors that are nobody's fault but the server's. */
  readonly onError?: (error: unknown) => void
}

/** What is spoken with clients that say less, and the most that is spoken: by it, files have ids that outlast their names. */
const spokenMinor = { least: 2, most: 3 }
const mostInAnswer = 64 * 2 ** 20

/** How many sub-requests are carried out before others have their turn. */
const subRequestsInTurn = 64

/** What all requests of a body have in common. */
interface BodyScope {
  readonly minorVersion: number
  /** How many bytes the answer still may carry. */
  readonly room: { left: number }
}

/**
 * Carries out what a body asks for, one sub-request after the other, and answers it as XML in the form of the body, in
 * pieces that are made as they are asked for.
 */
export async function answerEnvelope(envelope: Envelope, options: AnswerOptions): Promise<Iterable<string>> {
  const { form, correlationId, version } = envelope
  const minorVersion = minorOf(version)
  const answer: EnvelopeAnswer = {
    form,
    minorVersion: Math.min(spokenMinor.most, Math.max(spokenMinor.least, minorVersion ?? 0)),
    correlationId,
    responses: [],
    ...(options.webUrl !== undefined && { webUrl: options.webUrl }),
  }
  if (minorVersion === undefined) {
    const errorMessage = `This server speaks versions 2.0 to 2.${spokenMinor.most} of the protocol.`
    return writeAnswer({ ...answer, refusal: { errorCode: 'IncompatibleVersion', errorMessage } })
  }
  const responses: ResponseAnswer[] = []
  const room = { left: options.maxAnswer ?? mostInAnswer }
  for (const request of envelope.requests) responses.push(await answerRequest(request, { minorVersion, room }, options))
  return writeAnswer({ ...answer, responses })
}

/** The minor version of a client. `undefined`: this server does not speak its version. */
function minorOf(version: Attributes | undefined): number | undefined {
  if (version?.['Version'] !== '2') return undefined
  const minor = version['MinorVersion'] ?? '0'
  return /^\d{1,5}$/.test(minor) ? Number(minor) : undefined
}

const isToken = (text: string) => /^\d{0,10}$/.test(text) && Number(text) <= 0xffffffff
const isTrue = (text: string | undefined) => text?.toLowerCase() === 'true' || text === '1'

async function answerRequest(
  { attributes, subRequests }: EnvelopeRequest,
  { minorVersion, room }: BodyScope,
  options: AnswerOptions,
): Promise<ResponseAnswer> {
  const { RequestToken: token = '', Url: url = '', UseResourceID, ResourceID: resourceId } = attributes
  const echoed = { Url: url, RequestToken: token }
  const refuse = (ErrorCode: string, ErrorMessage: string) => ({
    attributes: { ...echoed, ErrorCode, ErrorMessage },
    subResponses: [],
  })
  if (!isToken(token)) return refuse('InvalidArgument', 'RequestToken is no number from 0 to 4294967295.')
  const usesResourceId = isTrue(UseResourceID)
  if (usesResourceId && resourceId && resourceId.toLowerCase() !== options.resourceId.toLowerCase()) {
    return refuse('ResourceIdDoesNotMatch', 'ResourceID is not that of the file.')
  }
  const scope = { minorVersion, request: attributes }
  const ResourceID = usesResourceId ? options.resourceId : undefined
  const subResponses = await answerAll(subRequests, { ...scope, room }, options)
  const isTooLate = subResponses.some(({ answer }) => answer.isTooLate)
  const wantsName = isTooLate && isTrue(attributes['ShouldReturnDisambiguatedFileName'])
  const SuggestedFileName = wantsName ? await options.freeName?.() : undefined
  return { attributes: { ...echoed, ResourceID, SuggestedFileName }, subResponses }
}

/** In the order of the document: what depends on another one stands behind it. */
async function answerAll(
  subRequests: readonly EnvelopeSubRequest[],
  { room, ...scope }: RequestScope & BodyScope,
  options: AnswerOptions,
): Promise<SubResponseAnswer[]> {
  const before = new Map<string, SubAnswer>()
  const answers: SubResponseAnswer[] = []
  for (const [index, subRequest] of subRequests.entries()) {
    if (index % subRequestsInTurn === 0) await options.turn?.()
    const reason = keptBack(subRequest, before)
    const answer = reason
      ? { ...failed(reason), hresult: 0 }
      : room.left < 0
        ? failed('SubRequestFail', 'The answer is too large already: ask for less at once.')
        : await carryOut(subRequest, scope, options)
    room.left -= (answer.pieces ?? []).reduce((sum, { length }) => sum + length, 0)
    before.set(subRequest.token, answer)
    answers.push({ type: subRequest.type, token: subRequest.token, answer })
  }
  return answers
}

async function carryOut(
  subRequest: EnvelopeSubRequest,
  scope: RequestScope,
  { handlers, onError }: AnswerOptions,
): Promise<SubAnswer> {
  const { type, token } = subRequest
  if (!isSubRequestType(type)) return failed('InvalidSubRequest', 'There is no sub-request of this type.')
  if (token === '' || !isToken(token)) {
    return failed('InvalidSubRequest', 'SubRequestToken is no number from 0 to 4294967295.')
  }
  const handler = handlers[type]
  if (!handler) return failed('RequestNotSupported', `This server does not support ${type}.`)
  try {
    return await handler(subRequest, scope)
  } catch (error) {
    onError?.(error)
    return failed('HighLevelExceptionThrown', 'Something went wrong in the server; it may work another time.')
  }
}
