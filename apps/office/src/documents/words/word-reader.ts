import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { WordsAnswer, WordsQuestion } from './words-worker.ts'

/** Reads the words of documents, one after the other, where a hostile one does no harm. */
export interface WordReader {
  /** Throws where the document cannot be read, takes too long or takes too much memory. `extension` without the dot. */
  read(bytes: Uint8Array, extension: string): Promise<string>
  close(): Promise<void>
}

export interface WordReaderOptions {
  /** Milliseconds that a document may take; default 20 seconds. */
  readonly time?: number
  /** Megabytes that a document may take; default 512. */
  readonly memory?: number
}

/** The compiled program; it runs also when this file itself runs from source. */
const program = new URL('../../../dist/documents/words/words-worker.js', import.meta.url)

/** A reader in a thread of its own, which is started when there is something to read and anew after each accident. */
export function wordReader({ time = 20_000, memory = 512 }: WordReaderOptions = {}): WordReader {
  let running: Running | undefined
  let turn: Promise<unknown> = Promise.resolve()

  async function ask(question: WordsQuestion): Promise<string> {
    running ??= start(memory)
    const { worker, ending } = running
    const timer = setTimeout(() => ending.abort(new Error('it takes too long to be read')), time)
    try {
      const answering = once(worker, 'message', { signal: ending.signal })
      worker.postMessage(question)
      return wordsIn(await answering)
    } catch (cause) {
      const reason = ending.signal.aborted ? ending.signal.reason : cause
      if (!(reason instanceof Unreadable)) await end()
      throw reason
    } finally {
      clearTimeout(timer)
    }
  }

  async function end(): Promise<void> {
    const ended = running
    running = undefined
    ended?.ending.abort(new Error('reading it was ended'))
    await ended?.worker.terminate()
  }

  return {
    read(bytes, extension) {
      const reading = turn.then(() => ask({ bytes, extension }))
      turn = reading.catch(() => {})
      return reading
    },
    close: end,
  }
}

/** What the thread says of a document; it goes on with the next one. */
class Unreadable extends Error {}

function wordsIn([answer]: WordsAnswer[]): string {
  if (!answer || 'why' in answer) throw new Unreadable(answer?.why ?? 'it cannot be read')
  return answer.words
}

interface Running {
  readonly worker: Worker
  /** Ends the wait for its answer. */
  readonly ending: AbortController
}

function start(memory: number): Running {
  const worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: memory }, env: {} })
  worker.unref()
  const ending = new AbortController()
  worker.once('exit', () => ending.abort(new Error('reading it has broken off')))
  return { worker, ending }
}
