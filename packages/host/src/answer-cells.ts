import { type Input, type Output, WopiError } from '@openwopi/protocol'
import { answerBody, uncoded, watched } from './cell-message.ts'
import type { Cells, CellsAnswer, CellsCall } from './cells.ts'
import type { Circumstances } from './implementation.ts'

interface About {
  readonly about: Omit<CellsCall, 'body' | 'size' | 'contentType'>
  readonly note: Circumstances['note']
}

/** Has a body of cell storage answered, whichever of the two operations has brought it. */
export async function answerCells(
  cells: Cells,
  { contentType, accepts, correlationId, ...coded }: Input<'executeCellStorageRequest'>,
  { about, note }: About,
): Promise<Output<'executeCellStorageRequest'>> {
  const body = uncoded(coded, cells.longestBody)
  const answer = await cells.answer({ ...about, ...body, ...(contentType !== undefined && { contentType }) })
  const { saved, renamed, lock } = answer
  note({
    ...(saved && { save: { version: saved.version } }),
    ...(saved && !('id' in about.target) && { made: saved }),
    ...(renamed && { made: renamed }),
    ...(lock && { lock }),
  })
  return { ...answered(answer, accepts), ...(correlationId !== undefined && { correlationId }) }
}

function answered({ text, contentType, release = () => undefined }: CellsAnswer, accepts: string | undefined) {
  if (contentType === undefined) {
    release()
    const fault = [...text].join('')
    throw new WopiError('CellStorageFault', { reason: 'the body is none of cell storage', fault })
  }
  const { content, ...coding } = answerBody(text, accepts)
  return { content: watched(content, release), ...coding, contentType }
}
