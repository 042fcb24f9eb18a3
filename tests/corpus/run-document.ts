import { changeDocument, type Desk } from './change-document.ts'
import type { CorpusDocument } from './documents/corpus-document.ts'
import { judge } from './judge.ts'
import { keepResult, type Result } from './results.ts'

/** Changes a document in the browser, and writes down what came of it. What cannot even be tried is wrong. */
export async function runDocument(desk: Desk, document: CorpusDocument, before: Uint8Array): Promise<Result> {
  try {
    const saved = await changeDocument(desk, document, before)
    const after = saved.is === 'changed' ? saved.after : undefined
    return await keepResult(document, { before, after, outcome: judge(document.extension, before, saved) })
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    return keepResult(document, { before, after: undefined, outcome: { is: 'wrong', why } })
  }
}
