import { parentPort } from 'node:worker_threads'
import { wordsOf } from './words-of.ts'

/** What is asked of the worker. */
export interface WordsQuestion {
  readonly bytes: Uint8Array
  readonly extension: string
}

/** What it answers: the words, or why there are none. */
export type WordsAnswer = { readonly words: string } | { readonly why: string }

parentPort?.on('message', async ({ bytes, extension }: WordsQuestion) => {
  const answer: WordsAnswer = await wordsOf(bytes, extension).then(
    (words) => ({ words }),
    (cause) => ({ why: cause instanceof Error ? cause.message : 'it cannot be read' }),
  )
  parentPort?.postMessage(answer)
})
