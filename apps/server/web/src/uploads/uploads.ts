import { startTransfer, type Transfer, type TransferEvents } from './transfer.ts'
import { isUnderWay, type Upload, type UploadState } from './upload.ts'

/** The uploads of this visit, as a store. */
export interface Uploads {
  /** Queues files for a folder. */
  add(folderId: string, files: readonly File[]): void
  pause(id: number): void
  /** Goes on with what is paused, offline or failed; under another name, or over the file that is there. */
  resume(id: number, answer?: Answer): void
  /** Stops it and takes it off the list. */
  cancel(id: number): void
  /** Takes what has ended off the list. */
  clear(): void
  /** Goes on with all that the lost connection has stopped. */
  onReturn(): void
  readonly list: () => readonly Upload[]
  readonly subscribe: (listener: () => void) => () => void
}

/** What to do about a name that is taken: the new content becomes the old file's, or the two are kept, the new one under `name` if given. */
export interface Answer {
  readonly overwrite?: boolean
  readonly name?: string
}

// A browser holds six connections to a server; the page itself needs some.
const atOnce = 3

/** What the uploads need from around them. */
export interface UploadsOptions {
  /** Why the server would not take the file. `undefined`: nothing is known against it. */
  readonly refusal: (file: File) => string | undefined
  /** Whether the folder is known to have a file of that name. */
  readonly isTaken: (folderId: string, name: string) => boolean
  /** Told of each file that has arrived, under the id it has got. Resolves to the name it has got, where that is known. */
  readonly onDone: (upload: Upload, fileId: string | undefined) => Promise<string | undefined>
  readonly transfer?: typeof startTransfer
}

/** An empty store of uploads. */
export const createUploads = ({ refusal, isTaken, onDone, transfer = startTransfer }: UploadsOptions): Uploads => {
  let uploads: readonly Upload[] = []
  let lastId = 0
  const transfers = new Map<number, Promise<Transfer>>()
  const listeners = new Set<() => void>()

  const set = (next: readonly Upload[]) => {
    uploads = next
    for (const listener of listeners) listener()
  }
  const find = (id: number) => uploads.find((upload) => upload.id === id)
  const change = (id: number, part: Partial<Upload>) =>
    set(uploads.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)))
  const settle = (id: number, state: UploadState) => {
    change(id, { state })
    startNext()
  }

  const eventsOf = (id: number): TransferEvents => ({
    onProgress: (sent) => find(id)?.state.is === 'running' && change(id, { sent }),
    onDone: (fileId) => {
      const upload = find(id)
      transfers.delete(id)
      settle(id, { is: 'done' })
      // A name that was taken has become another one.
      if (upload) void onDone(upload, fileId).then((name) => name !== undefined && change(id, { name }))
    },
    onRefused: (why) => {
      // What comes from a transfer that was paused meanwhile is no news.
      if (find(id)?.state.is === 'running') settle(id, why)
    },
  })
  const startNext = () => {
    const running = uploads.filter(({ state }) => state.is === 'running').length
    for (const { id } of uploads.filter(({ state }) => state.is === 'waiting').slice(0, atOnce - running)) start(id)
  }
  const start = (id: number) => {
    change(id, { state: { is: 'running' } })
    const upload = find(id)
    if (!upload) return
    const started = transfer(upload, eventsOf(id))
    transfers.set(id, started)
    // The library itself could not be loaded: the connection is to blame.
    started.catch(() => settle(id, { is: 'offline' }))
  }
  const stop = (id: number, how: 'pause' | 'cancel') => {
    void transfers.get(id)?.then(
      (running) => running[how](),
      () => undefined,
    )
  }
  const resume: Uploads['resume'] = (id, { overwrite, name } = {}) => {
    change(id, { state: { is: 'waiting' }, ...(overwrite && { overwrite }), ...(name !== undefined && { name }) })
    startNext()
  }
  const stateOf = (folderId: string, file: File): UploadState => {
    const message = refusal(file)
    if (message !== undefined) return { is: 'failed', message, canRetry: false }
    return isTaken(folderId, file.name) ? { is: 'taken' } : { is: 'waiting' }
  }

  return {
    add: (folderId, files) => {
      const added = files.map((file): Upload => {
        const state = stateOf(folderId, file)
        return { id: ++lastId, file, folderId, name: file.name, overwrite: false, sent: 0, state }
      })
      set([...uploads, ...added])
      startNext()
    },
    pause: (id) => {
      stop(id, 'pause')
      settle(id, { is: 'paused' })
    },
    resume,
    cancel: (id) => {
      stop(id, 'cancel')
      transfers.delete(id)
      set(uploads.filter((upload) => upload.id !== id))
      startNext()
    },
    clear: () => set(uploads.filter((upload) => isUnderWay(upload) || upload.state.is === 'paused')),
    onReturn: () => {
      for (const { id, state } of uploads) if (state.is === 'offline') resume(id)
    },
    list: () => uploads,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
