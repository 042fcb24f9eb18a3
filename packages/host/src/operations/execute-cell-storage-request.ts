import { answerCells } from '../answer-cells.ts'
import type { Implementation } from '../implementation.ts'

export const executeCellStorageRequest: Implementation<'executeCellStorageRequest'> = ({ cells }) =>
  cells &&
  (async (message, { file, grant, offers, note }) => {
    const canWrite = grant.can.has('write') && !file.isReadOnly
    const canRename = grant.can.has('rename') && offers('renameFile')
    return answerCells(cells, message, { about: { target: file, user: grant.user, canWrite, canRename }, note })
  })
