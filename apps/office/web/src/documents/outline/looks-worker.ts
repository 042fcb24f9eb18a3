import { answerOf } from '../../../../src/documents/apart/answer.ts'
import type { ParagraphChanges } from '../../../../src/documents/outline/outline.ts'
import { type ChangedSection, type LooksReader, type OutlineFile, readLooks } from './read-looks.ts'

/** What the thread is asked about its document. */
export type LooksQuestion =
  | { readonly read: 'outline' | 'size' }
  | { readonly read: 'slide' | 'pages'; readonly section: ChangedSection }
  | { readonly read: 'file'; readonly changes: ParagraphChanges }

/** What the thread is told: which document it is to read, once, and then what is asked about it. */
export type ToLooksWorker = { readonly file: OutlineFile } | LooksQuestion

let file: OutlineFile | undefined
let reader: LooksReader | undefined

function answerTo(question: LooksQuestion): unknown {
  if (!file) throw new Error('no document was given to be read')
  reader ??= readLooks(file)
  if (question.read === 'file') return reader.write(question.changes)
  if ('section' in question) return reader[question.read](question.section)
  return reader[question.read]()
}

self.addEventListener('message', async ({ data }: MessageEvent<ToLooksWorker>) => {
  if ('file' in data) file = data.file
  else self.postMessage(await answerOf(() => answerTo(data)))
})
