import { parentPort } from 'node:worker_threads'
import { DocumentError, type DocumentFault } from '../package/document-error.ts'
import { jobs } from './jobs.ts'

/** What a thread is asked. */
export interface Question {
  readonly job: keyof typeof jobs
  readonly given: unknown
}

/** What it says: what came of it, or what is wrong. Without a fault, it is not the document that is at fault. */
export type Answer = { readonly outcome: unknown } | { readonly message: string; readonly fault?: DocumentFault }

async function answerTo({ job, given }: Question): Promise<Answer> {
  try {
    return { outcome: await Reflect.apply(jobs[job], jobs, [given]) }
  } catch (cause) {
    if (cause instanceof DocumentError) return { message: cause.message, fault: cause.fault }
    return { message: cause instanceof Error ? cause.message : 'the document cannot be read' }
  }
}

parentPort?.on('message', async (question: Question) => parentPort?.postMessage(await answerTo(question)))
