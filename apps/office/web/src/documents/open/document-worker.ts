import { type Answer, outcomeOf, takesTooMuch } from '../../../../src/documents/apart/answer.ts'

/** A thread of this page in which a document is read: it may take its time, and be ended. */
export interface DocumentWorker {
  /** Asks one thing after the other. Throws `DocumentError`, also where it takes too long or too much memory. */
  ask<T>(question: object): Promise<T>
  /** Ends the thread. What waits for its turn is not done anymore. */
  close(): void
}

/** Milliseconds that one question may take. */
const longest = 60_000

/** A thread that `start` starts when there is something to do, and anew after each accident. */
export function documentWorker(start: () => Worker): DocumentWorker {
  let running: Worker | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let isClosed = false
  const end = () => {
    running?.terminate()
    running = undefined
  }
  async function answer<T>(question: object): Promise<Answer<T>> {
    if (isClosed) throw new Error('the document has been closed')
    running ??= start()
    try {
      return await answerFrom<T>(running, question)
    } catch (cause) {
      end()
      throw cause
    }
  }
  return {
    ask<T>(question: object) {
      const asking = turn.then(() => answer<T>(question))
      turn = asking.catch(() => {})
      return asking.then(outcomeOf)
    },
    close() {
      isClosed = true
      end()
    },
  }
}

const answerFrom = <T>(worker: Worker, question: object): Promise<Answer<T>> =>
  new Promise((resolve, reject) => {
    const giveUp = () => reject(takesTooMuch())
    const timer = setTimeout(giveUp, longest)
    const over = new AbortController()
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<Answer<T>>) => {
        clearTimeout(timer)
        over.abort()
        resolve(data)
      },
      { signal: over.signal },
    )
    worker.addEventListener('error', giveUp, { signal: over.signal })
    worker.postMessage(question)
  })
