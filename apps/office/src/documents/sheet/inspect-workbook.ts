import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { DocumentError } from '../package/document-error.ts'
import { isReadAtOnce, openWorkbook } from './open-workbook.ts'
import type { WorkbookAnswer } from './workbook-worker.ts'

export interface InspectionLimits {
  /** Milliseconds that reading may take. */
  readonly time: number
  /** Megabytes that it may take. */
  readonly memory: number
}

const usual: InspectionLimits = { time: 30_000, memory: 1_024 }

/** The compiled program; it runs also when this file itself runs from source. */
const program = new URL('../../../dist/documents/sheet/workbook-worker.js', import.meta.url)

/** One large workbook is read at a time, whoever asks. */
let turn: Promise<unknown> = Promise.resolve()

/**
 * Why a workbook may only be shown, as sentences; none where it may be changed. A large one is read in a thread of its own.
 * Throws `DocumentError` where it cannot be read, or takes too long or too much memory.
 */
export async function inspectWorkbook(bytes: Uint8Array, limits = usual): Promise<readonly string[]> {
  if (isReadAtOnce(bytes)) return openWorkbook(bytes).workbook.obstacles
  const reading = turn.then(() => inspect(bytes, limits))
  turn = reading.catch(() => {})
  return reading
}

async function inspect(bytes: Uint8Array, { time, memory }: InspectionLimits): Promise<readonly string[]> {
  const worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: memory }, env: {} })
  worker.unref()
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), time)
  worker.once('exit', () => ending.abort())
  try {
    worker.postMessage(bytes)
    const [answer]: WorkbookAnswer[] = await once(worker, 'message', { signal: ending.signal })
    if (!answer) throw tooLarge()
    if ('fault' in answer) throw new DocumentError(answer.fault, answer.message)
    return answer.obstacles
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
