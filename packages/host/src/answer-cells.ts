import { type Input, type Output, WopiError } from '@openwopi/protocol'
import { answerBody, wholeBody } from './cell-message.ts'
import type { Cells, CellsCall } from './cells.ts'
import type { Circumstances } from './implementation.ts'

interface About {
  readonly about: Omit<CellsCall, 'body' | 'contentType'>
  readonly note: Circumstances['note']
}

/** Has a body of cell storage answered, whichever of the two operations has brought it. */
export async function answerCells(
  cells: Cells,
  { content, coding, contentType, accepts, correlationId }: Input<'executeCellStorageRequest'>,
  { about, note }: About,
): Promise<Output<'executeCellStorageRequest'>> {
  const body = await wholeBody(content, coding, cells.longestBody)
  const answer = await cells.answer({ ...about, body, ...(contentType !== undefined && { contentType }) })
  const { saved, renamed, lock, text } = answer
  note({
    ...(saved && { save: { version: saved.version } }),
    ...(saved && !('id' in about.target) && { made: saved }),
    ...(renamed && { made: renamed }),
    ...(lock && { lock }),
  })
  if (answer.contentType === undefined)
    throw new WopiError('CellStorageFault', { reason: 'the body is none of cell storage', fault: text })
  const { contentType: type } = answer
  return { ...answerBody(text, accepts), contentType: type, ...(correlationId !== undefined && { correlationId }) }
}
