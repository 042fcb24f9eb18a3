import type { Call, FileClient } from '../client.ts'
import { bytesOf } from '../content.ts'
import { BadAnswer } from '../failures.ts'
import type { Guid } from './binary/guid.ts'
import type { Agent } from './binary/write-request.ts'
import { readEnvelope } from './envelope/read-envelope.ts'
import type { CellSubAnswer, CellSubRequest } from './envelope/sub-request.ts'
import { type EnvelopeForm, writeEnvelope } from './envelope/write-envelope.ts'

/** How cells are spoken about with a host. */
export interface CellsOptions {
  /** Bare unless said otherwise. */
  readonly form?: EnvelopeForm
  /** The name of a file beside the one that is addressed: it is the one that is meant, and may not be there yet. */
  readonly relativeTarget?: string
  /** What the client says it is. */
  readonly agent?: Agent
  /** How many bytes of cells are asked for at once. As many as there are unless said otherwise. */
  readonly mostBytes?: number
  /** How long an answer may be, in bytes. 512 MiB unless said otherwise. */
  readonly longestAnswer?: number
  /** Makes GUIDs that nobody else has. */
  readonly newGuid?: () => Guid
  /** What each request is sent with. */
  readonly call?: () => Call
}

/** Sends sub-requests about a file, and gives an answer to each. */
export interface CellWire {
  readonly agent: Agent
  readonly mostBytes: number | undefined
  readonly newGuid: () => Guid
  /** `request`: what is said of all of them together. */
  send(
    subRequests: readonly CellSubRequest[],
    request?: Readonly<Record<string, string>>,
  ): Promise<readonly CellSubAnswer[]>
  /** Sends one by itself. */
  ask(
    type: string,
    attributes?: NonNullable<CellSubRequest['data']>['attributes'],
    text?: string,
  ): Promise<CellSubAnswer>
}

/** What this client says it is. */
const itself: Agent = { guid: '6f6e5ac3-2c1b-4a0f-9d5e-7a1f5b0f3c11', version: 1 }

/** A wire to one file. */
export function createCellWire(
  file: FileClient,
  {
    form = 'bare',
    agent = itself,
    newGuid = () => crypto.randomUUID(),
    longestAnswer = 512 * 1024 * 1024,
    call = () => ({}),
    ...options
  }: CellsOptions,
): CellWire {
  const { relativeTarget, mostBytes } = options
  const execute = async (body: string) => {
    const content = new TextEncoder().encode(body)
    const answer =
      relativeTarget === undefined
        ? await file.executeCellStorageRequest({ content }, call())
        : await file.executeCellStorageRelativeRequest({ relativeTarget, content }, call())
    return new TextDecoder().decode(await bytesOf(answer.content, longestAnswer))
  }
  const send: CellWire['send'] = async (subRequests, request = {}) => {
    const body = writeEnvelope(subRequests, { form, correlationId: newGuid(), request })
    return readEnvelope(await execute(body), subRequests.length)
  }
  return {
    agent,
    mostBytes,
    newGuid,
    send,
    async ask(type, attributes, text) {
      const data = attributes && { attributes, ...(text !== undefined && { text }) }
      const [answer] = await send([{ type, ...(data && { data }) }])
      if (!answer) throw new BadAnswer(`the host has not answered ${type}`)
      return answer
    },
  }
}
