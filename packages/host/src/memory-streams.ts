import type { ContentProperty } from '@openwopi/protocol/transfer'
import { bytesOf, inPieces } from './memory-bytes.ts'
import type { Held } from './memory-storage.ts'
import { type AlternateStream, type CarriedChange, carriedFor, type Streams } from './streams.ts'

interface Timed<T> {
  readonly is: T
  /** When it was set, in milliseconds since the epoch. */
  readonly at: number
}

interface HeldStream extends AlternateStream {
  readonly bytes: Uint8Array
}

/** What a file carries, by name. */
export interface HeldCarried {
  readonly streams: ReadonlyMap<string, Timed<HeldStream>>
  readonly properties: ReadonlyMap<string, Timed<ContentProperty>>
}

/** A change whose bytes have all arrived. */
export interface ArrivedChange {
  readonly properties: readonly ContentProperty[]
  readonly streams: readonly { readonly id: string; readonly bytes?: Uint8Array }[]
}

/** What a new file carries. */
export const nothingCarried: HeldCarried = { streams: new Map(), properties: new Map() }

/** Takes in the content of all streams. */
export async function arrived({ properties, streams }: CarriedChange): Promise<ArrivedChange> {
  const taken: ArrivedChange['streams'][number][] = []
  for (const { id, content } of streams) taken.push(content ? { id, bytes: await bytesOf(content) } : { id })
  return { properties, streams: taken }
}

/** What is carried after a change of the content that does not speak of it. */
export const withoutWord = ({ properties }: HeldCarried): HeldCarried => ({
  streams: new Map(),
  properties: new Map([...properties].filter(([, { is }]) => is.Retention === 'KeepOnContentChange')),
})

/** What is carried after `change`. `version` is that of the file from then on. */
export function changed(
  before: HeldCarried,
  change: ArrivedChange,
  { at, version }: { readonly at: number; readonly version: string },
): HeldCarried {
  const streams = new Map(before.streams)
  const properties = new Map(before.properties)
  for (const is of change.properties) properties.set(is.Name, { is, at })
  for (const { id, bytes } of change.streams) {
    if (bytes) streams.set(id, { is: { id, size: bytes.byteLength, version: `${version} ${id}`, bytes }, at })
    else streams.delete(id)
  }
  return { streams, properties }
}

/** The streams of files that live as long as the process. */
export function memoryStreams(files: ReadonlyMap<string, Held>, now: () => number): Streams {
  const lasting = <T>(all: ReadonlyMap<string, Timed<T>>) =>
    [...all.values()].filter(({ at }) => now() - at < carriedFor).map(({ is }) => is)
  return {
    async of({ id, version }) {
      const held = files.get(id)
      if (held?.file.version !== version) return undefined
      const streams = lasting(held.carried.streams).map(({ id, size, version }) => ({ id, size, version }))
      return { streams, properties: lasting(held.carried.properties) }
    },
    async read(file, stream, range) {
      const held = files.get(file.id)?.carried.streams.get(stream.id)?.is
      if (held?.version !== stream.version) return undefined
      return inPieces(range ? held.bytes.subarray(range.start, range.end) : held.bytes)
    },
  }
}
