import type { FileHandle } from 'node:fs/promises'

/** Bytes after which what has been written is sent to the disk. */
const stride = 32 * 2 ** 20

/** Sends what is written to the disk while more arrives. */
export interface EarlySync {
  /** Tells of bytes that are written, or about to be. */
  count(bytes: number): void
  /** Resolves when the disk has taken what was sent to it; rejects if it could not. */
  done(): Promise<void>
}

/**
 * Has the disk at work from early on, so that whoever waits for the last byte to be safe does not wait for all of them.
 * The file is still to be synced at the end.
 */
export function earlySync(handle: FileHandle): EarlySync {
  let unsent = 0
  let sent: Promise<void> = Promise.resolve()
  return {
    count(bytes) {
      unsent += bytes
      if (unsent < stride) return
      unsent = 0
      sent = sent.then(() => handle.datasync())
      // The system tells of a failure once only; it is asked for at the end.
      sent.catch(() => undefined)
    },
    done: () => sent,
  }
}
