import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { DocumentError } from '../package/document-error.ts'
import type { WorkbookAnswer, WorkbookQuestion } from './workbook-worker.ts'

export interface ThreadLimits {
  /** Milliseconds that it may take. */
  readonly time: number
  /** Megabytes that it may take. */
  readonly memory: number
}

/** The compiled program; it runs also when this file itself runs from source. */
const program = new URL('../../../dist/documents/sheet/workbook-worker.js', import.meta.url)

/** One large workbook is worked on at a time, whoever asks. */
let turn: Promise<unknown> = Promise.resolve()

/** Asks a thread of its own about a workbook. Throws `DocumentError`, also where it takes too long or too much memory. */
export function askApart(question: WorkbookQuestion, limits: ThreadLimits): Promise<WorkbookAnswer> {
  const asking = turn.then(() => ask(question, limits))
  turn = asking.catch(() => {})
  return asking
}

async function ask(question: WorkbookQuestion, { time, memory }: ThreadLimits): Promise<WorkbookAnswer> {
  const worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: memory }, env: {} })
  worker.unref()
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), time)
  worker.once('exit', () => ending.abort())
  try {
    worker.postMessage(question)
    const [answer]: WorkbookAnswer[] = await once(worker, 'message', { signal: ending.signal })
    if (!answer) throw tooLarge()
    if ('fault' in answer) throw new DocumentError(answer.fault, answer.message)
    return answer
  } catch (cause) {
    throw ending.signal.aborted || isOutOfMemory(cause) ? tooLarge() : cause
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

const tooLarge = () =>
  new DocumentError(
    'too-large',
    'This workbook takes too long, or too much memory, to be read here. You can download it.',
  )

const isOutOfMemory = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY'
