import type { Content } from '@openwopi/protocol'

/** A document's whole content: at hand, or a function that lets it flow from the start, each time it is called. */
export type DocumentContent = Uint8Array | (() => Content)

/** Why and by whom a save is made. */
export interface SaveOptions {
  /** Ids of everyone whose edits are in it, as CheckFileInfo gives them. */
  readonly editors?: readonly string[]
  readonly isAutosave?: boolean
  readonly isExitSave?: boolean
  /** Default: true. */
  readonly isModifiedByUser?: boolean
  /** Bytes, where content that flows is known to have so many. */
  readonly size?: number
}

/** The document at one moment, with what goes with saving it. */
export interface Snapshot {
  readonly content: DocumentContent
  readonly options: SaveOptions
}

/** `next` in place of `before`, which was never sent: what was done since the last save is the work of both. */
export function supersede(before: Snapshot | undefined, { content, options }: Snapshot): Snapshot {
  if (!before) return { content, options }
  const editors = [...new Set([...(before.options.editors ?? []), ...(options.editors ?? [])])]
  return {
    content,
    options: {
      ...options,
      ...(editors.length > 0 && { editors }),
      isAutosave: Boolean(before.options.isAutosave && options.isAutosave),
      isModifiedByUser: before.options.isModifiedByUser !== false || options.isModifiedByUser !== false,
    },
  }
}

/** The content as it is sent. */
export const sendable = ({ content }: Snapshot): Uint8Array | Content =>
  content instanceof Uint8Array ? content : content()

async function* flowing(snapshot: Snapshot): Content {
  const content = sendable(snapshot)
  if (content instanceof Uint8Array) yield content
  else yield* content
}

/** Whether `stored` holds nothing but bytes of `snapshot`: all of them, or the beginning of an upload that broke off. */
export async function holdsOnly(stored: Content, snapshot: Snapshot): Promise<'all' | 'beginning' | 'other'> {
  const own = flowing(snapshot)[Symbol.asyncIterator]()
  let rest: Uint8Array = new Uint8Array()
  try {
    for await (let chunk of stored) {
      while (chunk.byteLength > 0) {
        if (rest.byteLength === 0) {
          const { done, value } = await own.next()
          if (done) return 'other'
          rest = value
        }
        const length = Math.min(rest.byteLength, chunk.byteLength)
        if (!isSame(chunk.subarray(0, length), rest.subarray(0, length))) return 'other'
        chunk = chunk.subarray(length)
        rest = rest.subarray(length)
      }
    }
    while (rest.byteLength === 0) {
      const { done, value } = await own.next()
      if (done) return 'all'
      rest = value
    }
    return 'beginning'
  } finally {
    await own.return?.()
  }
}

const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.every((byte, index) => byte === b[index])
