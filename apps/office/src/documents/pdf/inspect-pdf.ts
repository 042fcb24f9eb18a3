import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { PdfFacts, PdfFault } from './read-facts.ts'

/** The compiled program; it runs also when this file itself runs from source. */
const program = new URL('../../../dist/documents/pdf/facts-worker.js', import.meta.url)

/** Milliseconds and megabytes that a PDF may take to be read. */
const time = 20_000
const memory = 512

/** One PDF is read at a time, whoever asks. */
let turn: Promise<unknown> = Promise.resolve()

/** Reads a PDF in a thread of its own, where a hostile one does no harm. `undefined`: it takes too long or too much. */
export function inspectPdf(bytes: Uint8Array): Promise<PdfFacts | PdfFault | undefined> {
  const reading = turn.then(() => inspect(bytes))
  turn = reading.catch(() => {})
  return reading
}

async function inspect(bytes: Uint8Array): Promise<PdfFacts | PdfFault | undefined> {
  const worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: memory }, env: {} })
  worker.unref()
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), time)
  worker.once('exit', () => ending.abort())
  try {
    worker.postMessage(bytes)
    const [answer]: (PdfFacts | PdfFault)[] = await once(worker, 'message', { signal: ending.signal })
    return answer
  } catch (cause) {
    if (ending.signal.aborted || isOutOfMemory(cause)) return undefined
    throw cause
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

const isOutOfMemory = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY'
