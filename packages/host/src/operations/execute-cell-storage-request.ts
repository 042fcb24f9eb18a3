import { answerCells } from '../answer-cells.ts'
import type { Implementation } from '../implementation.ts'

export const executeCellStorageRequest: Implementation<'executeCellStorageRequest'> = ({ cells }) =>
  cells &&
  (async (message, { file, grant, note }) =>
    answerCells(cells, message, {
      about: { target: file, user: grant.user, canWrite: grant.can.has('write') && !file.isReadOnly },
      note,
    }))
