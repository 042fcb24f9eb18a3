import type { Frame, StreamSignature } from '@openwopi/protocol/transfer'
import type { Answer } from '../answer.ts'
import { bodyOf, chunkFrame, chunksIn, signed } from '../chunks.ts'
import { expectThat, given } from '../findings.ts'
import type { Target } from '../target.ts'
import { docs } from '../words.ts'
import { bytesOf, textIn, type World } from '../world.ts'
import { joined } from './coauth-locks.ts'

/** What the checks of PutChunkedFile have in common. */
export const writes = {
  group: 'transfer',
  covers: ['putChunkedFile'],
  promised: ['SupportsCoauth'],
  needs: ['own'],
  spec: `${docs.plus}/file-transfer/put-chunked-file`,
} as const

/** What is put besides the chunks. */
export interface Put {
  readonly signatures: readonly StreamSignature[]
  readonly frames?: readonly Frame[]
  readonly properties?: readonly object[]
  readonly session?: string
  /** `undefined`: the present one. */
  readonly sequenceNumber?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** The number of the present content. */
export const numberOf = async (target: Target): Promise<number> =>
  Number((await target.ask('getSequenceNumber')).headers.get('X-WOPI-SequenceNumber'))

/** Puts streams and properties of a file. */
export async function put(target: Target, { signatures, frames = [], properties = [], session, ...rest }: Put) {
  const message = {
    ContentProperties: properties,
    Signatures: signatures,
    UploadSessionTokenToCommit: session ?? null,
  }
  const sequenceNumber = rest.sequenceNumber ?? (await numberOf(target))
  const content = await bodyOf(message, ...frames)
  return target.ask('putChunkedFile', { sequenceNumber, content }, { headers: rest.headers ?? {} })
}

/** Puts a whole content in its chunks. */
export const putWhole = async (target: Target, content: Uint8Array, rest: Partial<Put> = {}): Promise<Answer> =>
  put(target, {
    signatures: [await signed(content)],
    frames: (await chunksIn(content)).map((chunk) => chunkFrame(chunk)),
    ...rest,
  })

/** A file that a client holds together with others, and how that client says so. */
export async function heldTogether(world: World, content: Uint8Array | string = 'in place') {
  const id = world.newLock()
  const target = await joined(world, id)
  given(await putWhole(target, typeof content === 'string' ? bytesOf(content) : content, mine(id)), 'PutChunkedFile')
  return { target, id }
}

/** How a client that holds a file together with others says so. */
export const mine = (id: string) => ({ headers: { 'X-WOPI-CoauthLockId': id } })

/** Fails unless a file holds this text. */
export const expectText = async (target: Target, text: string) => {
  const found = await textIn(target)
  expectThat(found === text, `the content "${text}"`, `"${found.slice(0, 60)}"`)
}
