import { documentThreads, type ThreadLimits } from '../apart/document-threads.ts'

/** Reads the words of documents, one after the other, where a hostile one does no harm. */
export interface WordReader {
  /** Throws where the document cannot be read, takes too long or takes too much memory. `extension` without the dot. */
  read(bytes: Uint8Array, extension: string): Promise<string>
  close(): Promise<void>
}

/** What a document may take; default 20 seconds, and 512 megabytes. */
export type WordReaderOptions = Partial<ThreadLimits>

/** A reader in a thread of its own, which is started when there is something to read and anew after each accident. */
export function wordReader({ time = 20_000, memory = 512 }: WordReaderOptions = {}): WordReader {
  const threads = documentThreads({ atOnce: 1, stay: true, time, memory })
  return {
    read: (file, extension) => threads.ask('readWords', { file, extension }),
    close: threads.close,
  }
}
