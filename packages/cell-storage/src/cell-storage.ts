import type { Content } from '@openwopi/host'
import { guidOf } from './bytes/guid.ts'
import { editorsHandler } from './editors/editors-handler.ts'
import type { EditorsTables } from './editors/editors-table.ts'
import { type AnswerOptions, answerEnvelope } from './envelope/answer-envelope.ts'
import { type Envelope, EnvelopeError } from './envelope/envelope.ts'
import { type EnvelopeLimits, envelopeReader, readEnvelope } from './envelope/read-envelope.ts'
import { serverTime } from './envelope/server-time.ts'
import { type Caller, whoAmI } from './envelope/who-am-i.ts'
import { writeRefusal } from './envelope/write-answer.ts'
import type { CellFile } from './files/cell-file.ts'
import { fileHandlers } from './files/file-handlers.ts'
import { readSaid } from './files/file-said.ts'
import type { CellLocks } from './locks/cell-locks.ts'
import { lockForSave } from './locks/lock-for-save.ts'
import { keptOutBy, lockHandlers } from './locks/lock-handlers.ts'
import type { Cut } from './mapping/cut-file.ts'
import { sha256 } from './mapping/hashes.ts'
import { cellHandler } from './store/cell-handler.ts'
import type { CellStore } from './store/cell-store.ts'
import { type RecentPartitions, recentPartitions, usuallyRecent } from './store/recent-partitions.ts'
import { usualWork } from './store/work.ts'

/** What cell storage is made of. */
export interface CellStorageOptions {
  readonly store: CellStore
  readonly locks: CellLocks
  readonly editors: EditorsTables
  /** How large a file may be, in bytes. 48 MiB unless said otherwise. */
  readonly maxBytes?: number
  /** Files that were asked for lately, which need not be read again. Up to 64 MiB of them, or one as large as may be, unless said otherwise. */
  readonly recent?: RecentPartitions
  /** Cuts files. Absent: in this thread, which takes a second for a hundred megabytes. */
  readonly cut?: Cut
  /** How much of a body is read. Enough for a file of 48 MiB unless said otherwise. */
  readonly limits?: EnvelopeLimits
  /** Whether clients may work on a file together. They may unless said otherwise. */
  readonly allowsCoauth?: boolean
  /** How many clients may work on a file together. 99 unless said otherwise. */
  readonly mostClients?: number
  /** Where the server is. */
  readonly webUrl?: string
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Makes GUIDs that nobody else has. */
  readonly newGuid?: () => string
  /** Lets others have their turn between two pieces of work: what the event loop has waiting is done before it ends. */
  readonly turn?: () => Promise<void>
  /** Is told of errors that are nobody's fault but the server's. */
  readonly onError?: (error: unknown) => void
}

/** A body of cell storage, with the file that it is about; and with where that is kept, if not where all files are. */
export interface CellStorageCall extends CellFile, Partial<Pick<CellStorageOptions, 'store' | 'locks' | 'editors'>> {
  readonly body: Content | Uint8Array
  /** As HTTP has it. Absent: it is seen from the body. */
  readonly contentType?: string
  /** How many bytes the body has. Absent: it is not known. */
  readonly size?: number
  /** The id of the file. */
  readonly file: string
  readonly caller: Caller
}

/** What a body is answered by. */
export interface CellStorageAnswer {
  /** 500: the body is none of cell storage, and its answer says why. */
  readonly status: 200 | 500
  readonly contentType: string
  /** In pieces, which are made as they are asked for, once. */
  readonly body: Iterable<string>
}

/** Cell storage is a function from a body to an answer. */
export interface CellStorage {
  answer(call: CellStorageCall): Promise<CellStorageAnswer>
}

const contentType = 'text/xml; charset=utf-8'

/** A GUID that stays the same for a file, and that no other file has. */
const guidFor = (file: string, use: string) => guidOf(sha256([file, use]).subarray(0, 16))

/** Answers bodies of cell storage, about any file. It starts nothing, and keeps what the parts that it is given keep. */
export function createCellStorage({
  maxBytes = 48 * 2 ** 20,
  recent = recentPartitions(Math.max(usuallyRecent, maxBytes)),
  allowsCoauth = true,
  mostClients = 99,
  now = Date.now,
  newGuid = () => crypto.randomUUID(),
  turn = () => new Promise<void>((resolve) => setImmediate(resolve)),
  ...options
}: CellStorageOptions): CellStorage {
  const { cut, limits, webUrl, onError } = options

  function handlersFor(call: CellStorageCall): AnswerOptions['handlers'] {
    const { file, content, caller } = call
    const { store, locks, editors } = { ...options, ...call }
    const exists = async () => (await content.find()) !== undefined
    const about = { file, exists, caller, now, editors }
    const locking = lockHandlers({
      ...about,
      locks,
      transitionId: guidFor(file, 'transition'),
      allowsCoauth,
      mostClients,
    })
    const cells = cellHandler({
      ...{ store, recent, work: { left: usualWork }, content, file, maxBytes, newGuid, now, editors, turn },
      ...(cut && { cut }),
      canWrite: caller.canWrite,
      ...(call.versions && { versions: call.versions }),
      keptOutBy: (lock) => keptOutBy({ locks, file, now }, lock),
      lockForSave: lockForSave({ locks, file, caller, now }),
    })
    return {
      ...locking,
      ...fileHandlers({
        ...{ about: call, locks, file, caller, now, listId: guidFor(file, 'list') },
        said: () => readSaid({ store, file }),
      }),
      Cell: cells,
      EditorsTable: editorsHandler(about),
      WhoAmI: whoAmI(caller),
      ServerTime: serverTime(now),
    }
  }

  return {
    async answer(call) {
      try {
        const envelope = await envelopeIn(call, { turn, ...(limits && { limits }) })
        const body = await answerEnvelope(envelope, {
          handlers: handlersFor(call),
          resourceId: guidFor(call.file, 'resource'),
          turn,
          ...(call.freeName && { freeName: call.freeName }),
          ...(webUrl !== undefined && { webUrl }),
          ...(onError && { onError }),
        })
        return { status: 200, contentType, body }
      } catch (error) {
        if (!(error instanceof EnvelopeError)) throw error
        return { status: 500, contentType, body: [writeRefusal('InvalidArgument', error.message)] }
      }
    },
  }
}

interface Reading {
  readonly limits?: EnvelopeLimits
  readonly turn: () => Promise<void>
}

/** How much of a body is read before others have their turn: chunks come one upon the other. Bytes. */
const bytesInTurn = 256 * 1024

/** What a call says, whose body is never in memory as it came if it flows. */
async function envelopeIn({ body, size, contentType }: CellStorageCall, { limits, turn }: Reading): Promise<Envelope> {
  if (body instanceof Uint8Array) return readEnvelope(body, contentType, limits)
  const reader = envelopeReader({
    ...(contentType !== undefined && { contentType }),
    ...(size !== undefined && { size }),
    ...(limits && { limits }),
  })
  let left = bytesInTurn
  for await (const chunk of body) {
    reader.write(chunk)
    left -= chunk.length
    if (left > 0) continue
    await turn()
    left = bytesInTurn
  }
  return reader.end()
}
