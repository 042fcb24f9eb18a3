import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type Cut, cutFile, type FileCut } from '../mapping/cut-file.ts'
import type { CuttingAnswer, CuttingQuestion } from './cutting-worker.ts'

/** Cuts files in a thread of its own, which begins with the first one that is worth it. */
export interface CuttingThread {
  readonly cut: Cut
  /** Ends the thread, and with it the process if nothing else keeps it. Whoever waits for a cut is told so. */
  close(): Promise<void>
}

/** The compiled program; it runs also when this file itself runs from source. */
const program = new URL('../../dist/node/cutting-worker.js', import.meta.url)

/** Smaller files are cut sooner than they are sent. Bytes. */
const smallest = 2 ** 20
/** Bytes are sent in pieces of this size: copying one takes a millisecond, and then others have their turn. */
const pieceSize = 4 * 2 ** 20

/** A thread that cuts one file at a time. */
export function cuttingThread(): CuttingThread {
  let worker: Worker | undefined
  let turn: Promise<unknown> = Promise.resolve()

  function started(): Worker {
    if (worker) return worker
    const begun = new Worker(program, { env: {} })
    begun.unref()
    begun.once('exit', () => {
      if (worker === begun) worker = undefined
    })
    worker = begun
    return begun
  }

  return {
    async cut(bytes) {
      if (bytes.length < smallest) return cutFile(bytes)
      const cutting = turn.then(() => cutIn(started(), bytes))
      turn = cutting.catch(() => {})
      return cutting
    },
    async close() {
      await worker?.terminate()
    },
  }
}

async function cutIn(worker: Worker, bytes: Uint8Array): Promise<FileCut> {
  if (bytes.buffer instanceof SharedArrayBuffer) return cutOf(await asked(worker, { shared: bytes }))
  let answer = await asked(worker, { size: bytes.length })
  for (let at = 0; at < bytes.length; at += pieceSize) {
    const piece = new Uint8Array(bytes.subarray(at, at + pieceSize))
    answer = await asked(worker, { piece }, [piece.buffer])
  }
  return cutOf(answer)
}

type GoodAnswer = Exclude<CuttingAnswer, { readonly error: string }>

function cutOf(answer: GoodAnswer): FileCut {
  if (answer === 'next') throw new Error('the thread that cuts files has not had the whole file')
  return answer.cut
}

/** The answer to one question. That the thread has ended, or has none, throws. */
async function asked(worker: Worker, question: CuttingQuestion, given: ArrayBuffer[] = []): Promise<GoodAnswer> {
  const ended = new AbortController()
  const end = () => ended.abort(new Error('the thread that cuts files has ended'))
  worker.once('exit', end)
  // While it works, it keeps the process running.
  worker.ref()
  try {
    worker.postMessage(question, given)
    const [answer]: CuttingAnswer[] = await once(worker, 'message', { signal: ended.signal })
    if (answer === undefined) throw new Error('the thread that cuts files says nothing')
    if (typeof answer === 'object' && 'error' in answer) throw new Error(`a file could not be cut: ${answer.error}`)
    return answer
  } finally {
    worker.off('exit', end)
    worker.unref()
  }
}
