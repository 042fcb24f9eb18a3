import { answerOf } from '../../../../src/documents/apart/answer.ts'
import { type Merged, type Merging, mergeRead, type ReadWord, readWord } from './read-word.ts'

/** What the thread is asked: to read a file, or to make changes to one. */
export type WordQuestion = { readonly read: Uint8Array } | { readonly merge: Merging }

const answerTo = (question: WordQuestion): Promise<ReadWord | Merged> =>
  'read' in question ? readWord(question.read) : mergeRead(question.merge)

self.addEventListener('message', async ({ data }: MessageEvent<WordQuestion>) => {
  self.postMessage(await answerOf(() => answerTo(data)))
})
