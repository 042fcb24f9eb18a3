import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type Answer, outcomeOf, takesTooMuch } from './answer.ts'
import type { Question } from './apart-worker.ts'
import type { Given, JobName, Outcome } from './jobs.ts'
import { places } from './places.ts'

export interface ThreadLimits {
  /** Milliseconds that a document may take, from when its thread begins with it. */
  readonly time: number
  /** Megabytes that it may take. */
  readonly memory: number
}

export interface ThreadsOptions extends ThreadLimits {
  /** How many documents are worked on at a time, whoever asks; the others wait for their turn. */
  readonly atOnce: number
  /** Whether a thread waits for the next document. Otherwise each has one of its own, which leaves nothing behind. */
  readonly stay?: boolean
}

/** Threads in which documents that someone else made are read and written, where a hostile one does no harm. */
export interface DocumentThreads {
  /** Throws `DocumentError`, also where it takes too long or too much memory. `limits`: others than the usual ones. */
  ask<J extends JobName>(job: J, given: Given<J>, limits?: Partial<ThreadLimits>): Promise<Outcome<J>>
  /** Ends what is being done. */
  close(): Promise<void>
}

/** Starts threads when there is something to do. They keep no program from ending. */
export function documentThreads({ atOnce, stay = false, ...usual }: ThreadsOptions): DocumentThreads {
  const turns = places(atOnce)
  const running = new Set<Thread>()
  const resting: Thread[] = []

  async function answer(question: Question, limits: ThreadLimits): Promise<Answer<unknown>> {
    const thread = resting.pop() ?? start(limits.memory)
    running.add(thread)
    const given = await askThread(thread, question, limits.time).catch(async (cause) => {
      await end(thread)
      throw cause
    })
    if (stay && !thread.ending.signal.aborted) resting.push(thread)
    else await end(thread)
    return given
  }

  async function end(thread: Thread): Promise<void> {
    running.delete(thread)
    await thread.worker.terminate()
  }

  return {
    async ask<J extends JobName>(job: J, given: Given<J>, limits: Partial<ThreadLimits> = {}) {
      const answered = await turns(() => answer({ job, given }, { ...usual, ...limits }))
      return outcomeOf(answered) as Outcome<J>
    },
    async close() {
      resting.length = 0
      const ended = [...running]
      for (const { ending } of ended) ending.abort(new Error('reading it was ended'))
      await Promise.all(ended.map(end))
    },
  }
}

interface Thread {
  readonly worker: Worker
  /** Ends the wait for its answer, with the reason. */
  readonly ending: AbortController
}

/** The compiled program; it runs also when this file itself runs from source. */
const program = new URL('../../../dist/documents/apart/apart-worker.js', import.meta.url)

function start(memory: number): Thread {
  const worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: memory }, env: {} })
  worker.unref()
  const ending = new AbortController()
  worker.on('error', (cause) => ending.abort(isOutOfMemory(cause) ? takesTooMuch() : cause))
  worker.once('exit', () => ending.abort(takesTooMuch()))
  return { worker, ending }
}

async function askThread({ worker, ending }: Thread, question: Question, time: number): Promise<Answer<unknown>> {
  const timer = setTimeout(() => ending.abort(takesTooMuch()), time)
  try {
    const answering = once(worker, 'message', { signal: ending.signal })
    worker.postMessage(question)
    const [answer]: Answer<unknown>[] = await answering
    if (!answer) throw takesTooMuch()
    return answer
  } catch (cause) {
    throw ending.signal.aborted ? ending.signal.reason : isOutOfMemory(cause) ? takesTooMuch() : cause
  } finally {
    clearTimeout(timer)
  }
}

const isOutOfMemory = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY'
