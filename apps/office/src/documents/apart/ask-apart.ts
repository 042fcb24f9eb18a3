import { documentThreads } from './document-threads.ts'

/** Writing a large workbook reads it twice. Two at a time: one that takes long keeps nobody else waiting for all of it. */
const threads = documentThreads({ atOnce: 2, time: 30_000, memory: 1_536 })

/** Asks a thread of its own about a document. Throws `DocumentError`, also where it takes too long or too much memory. */
export const askApart = threads.ask
