import { DocumentError } from '../../../../src/documents/package/document-error.ts'
import { isWorkbookReadAtOnce, openedWorkbook, openWorkbook } from '../../../../src/documents/sheet/open-workbook.ts'
import type { OpenedWorkbook } from '../../../../src/documents/sheet/patch/patch-workbook.ts'
import { strings } from '../../strings.ts'
import type { ReadAnswer } from './read-worker.ts'

/** Milliseconds that reading may take. */
const longest = 60_000

/** Opens a workbook; a large one is read in a thread of its own. Throws `DocumentError`. */
export async function openApart(bytes: Uint8Array): Promise<OpenedWorkbook> {
  return isWorkbookReadAtOnce(bytes) ? openWorkbook(bytes) : openedWorkbook(bytes, await readApart(bytes))
}

async function readApart(bytes: Uint8Array): Promise<OpenedWorkbook['workbook']> {
  const worker = new Worker(new URL('./read-worker.ts', import.meta.url), { type: 'module' })
  try {
    const answer = await answerOf(worker, bytes)
    if ('fault' in answer) throw new DocumentError(answer.fault, answer.message)
    return answer.workbook
  } finally {
    worker.terminate()
  }
}

const answerOf = (worker: Worker, bytes: Uint8Array): Promise<ReadAnswer> =>
  new Promise((resolve, reject) => {
    const giveUp = () => reject(new DocumentError('too-large', strings.sheet.tooSlow))
    const timer = setTimeout(giveUp, longest)
    worker.addEventListener('message', ({ data }: MessageEvent<ReadAnswer>) => {
      clearTimeout(timer)
      resolve(data)
    })
    worker.addEventListener('error', giveUp)
    worker.postMessage(bytes)
  })
