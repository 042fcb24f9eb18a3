import type { PropertyName } from '@openwopi/protocol'
import type { Answer } from './answer.ts'
import type { BootstrapperTarget } from './bootstrapper-target.ts'
import { given } from './findings.ts'
import type { Places } from './places.ts'
import type { Connect } from './raw-request.ts'
import type { Target } from './target.ts'
import type { Wire } from './wire.ts'
import type { Workplace } from './workplace.ts'

/** What a check sees of the host. */
export interface World {
  /** What CheckFileInfo answered in the beginning, as it came. */
  readonly info: Readonly<Record<string, unknown>>
  /** The answer itself. */
  readonly infoAnswer: Answer
  /** The file that was given. Checks read it and never change it. */
  readonly file: Target
  readonly keys: Wire['keys']
  readonly workplace: Workplace
  readonly places: Places
  /** A folder of the protocol of 2013. */
  readonly folder?: Target | undefined
  readonly bootstrapper?: BootstrapperTarget | undefined
  /** Opens a connection on which bytes go out as they are. */
  readonly connect?: Connect | undefined
  /** A file to write to, which nobody has locked. */
  scratch(content?: Uint8Array | string): Promise<Target>
  /** A lock id that nobody else has. */
  newLock(): string
  /** A number of at least 0 and less than 1 that nobody foresees. */
  random(): number
  /** Milliseconds since the epoch. */
  now(): number
  /** Lets time pass at the host, in milliseconds. */
  readonly pass?: ((milliseconds: number) => Promise<void>) | undefined
  /** Starts the host anew, and waits until it answers. */
  readonly restart?: (() => Promise<void>) | undefined
  /** What several checks look at: made by the first of them. It stays until the end of the run. */
  scene<T>(name: string, make: () => Promise<T>): Promise<T>
}

/** Whether CheckFileInfo says yes to a property, or something where it is a list. */
export function says(info: World['info'], name: PropertyName): boolean {
  const value = info[name]
  return value === true || (Array.isArray(value) && value.length > 0)
}

/** Whether the host makes files beside another one for this user. */
export const makesFiles = (info: World['info']): boolean =>
  says(info, 'SupportsUpdate') && info['UserCanNotWriteRelative'] !== true

/** Whether the host changes the file for this user. */
export const isWritable = (info: World['info']): boolean =>
  says(info, 'SupportsUpdate') && says(info, 'UserCanWrite') && !says(info, 'ReadOnly')

/** Locks a file, as a check begins. */
export async function locked(target: Target, lock: string): Promise<Target> {
  given(await target.ask('lock', { lock }), 'Lock')
  return target
}

/** The content of a file, with which a check begins or ends. */
export const contentOf = async (target: Target): Promise<Uint8Array> =>
  given(await target.ask('getFile'), 'GetFile').bytes

/** Content that is text. */
export const textIn = async (target: Target): Promise<string> => new TextDecoder().decode(await contentOf(target))

/** Text as content. */
export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Whether two contents are the same, byte for byte. */
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.byteLength !== b.byteLength) return false
  // Megabytes are compared often: four bytes at a time, where they lie as numbers have to.
  const inWords = a.byteOffset % 4 === 0 && b.byteOffset % 4 === 0 ? Math.floor(a.byteLength / 4) : 0
  const words = (bytes: Uint8Array) => new Uint32Array(bytes.buffer, bytes.byteOffset, inWords)
  const rest = (bytes: Uint8Array) => bytes.subarray(inWords * 4)
  return isEqual(words(a), words(b)) && isEqual(rest(a), rest(b))
}

/** Whether two of the same length hold the same. */
function isEqual(a: Uint32Array | Uint8Array, b: Uint32Array | Uint8Array): boolean {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false
  return true
}

/** Writes content under a lock, as far as the host has locks. */
export async function save(world: World, target: Target, content: Uint8Array | string): Promise<Answer> {
  const bytes = typeof content === 'string' ? bytesOf(content) : content
  if (!says(world.info, 'SupportsLocks')) return target.ask('putFile', { content: bytes })
  const lock = world.newLock()
  given(await target.ask('lock', { lock }), 'Lock')
  const answer = await target.ask('putFile', { lock, content: bytes })
  given(await target.ask('unlock', { lock }), 'Unlock')
  return answer
}
