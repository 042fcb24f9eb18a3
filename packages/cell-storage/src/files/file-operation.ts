import { failed, succeeded } from '../envelope/answer.ts'
import type { SubRequestHandler } from '../envelope/answer-envelope.ts'
import type { Caller } from '../envelope/who-am-i.ts'
import { inTheWayOf, type WayScope } from '../locks/in-the-way.ts'
import type { CellContent } from '../store/cell-content.ts'
import type { CellFile, RenameOutcome } from './cell-file.ts'

/** What operations on the file as a whole are answered from. */
export interface FileOperationScope extends WayScope {
  readonly content: CellContent
  readonly rename: NonNullable<CellFile['rename']>
  readonly caller: Caller
}

const reasons: Readonly<Record<Exclude<RenameOutcome, 'renamed'>, string>> = {
  invalid: 'No file can have this name.',
  taken: 'Another file has this name.',
  refused: 'The file may not be renamed just now.',
}

/** Gives the file another name, which is the only operation there is. */
export const fileOperation =
  (scope: FileOperationScope): SubRequestHandler =>
  async ({ attributes = {} }) => {
    const { FileOperation: operation, NewFileName: name = '', ExclusiveLockID: lock } = attributes
    if (operation !== 'Rename') return failed('InvalidArgument', 'FileOperation is not Rename.')
    if (name === '') return failed('InvalidArgument', 'NewFileName is missing.')
    if (!(await scope.content.find())) return failed('FileNotExistsOrCannotBeCreated')
    if (!scope.caller.canWrite) return failed('FileUnauthorizedAccess')
    const holder = await inTheWayOf(scope, { amongOthers: true, ...(lock !== undefined && { lock }) })
    if (holder !== undefined) return failed('FileAlreadyLockedOnServer', holder)
    const outcome = await scope.rename(name)
    return outcome === 'renamed' ? succeeded() : failed('SubRequestFail', reasons[outcome])
  }
