import type { AnswerOptions } from '../envelope/answer-envelope.ts'
import type { Caller } from '../envelope/who-am-i.ts'
import type { WayScope } from '../locks/in-the-way.ts'
import type { CellFile } from './cell-file.ts'
import { docMetaInfo } from './doc-meta-info.ts'
import { fileOperation } from './file-operation.ts'
import type { FileSaid } from './file-said.ts'
import { getVersions } from './get-versions.ts'
import { propertiesHandler } from './properties.ts'
import { versioning } from './versioning.ts'

/** What sub-requests about the file as a whole are answered from. */
export interface FileScope extends WayScope {
  readonly about: CellFile
  readonly caller: Caller
  /** A GUID that stays the same for where the file lies. */
  readonly listId: string
  /** What clients have said of the file. */
  readonly said: () => Promise<FileSaid>
}

/** The handlers of the sub-requests about the file as a whole: of those that it offers. */
export function fileHandlers({ about, listId, said, ...scope }: FileScope): AnswerOptions['handlers'] {
  const { content, versions, rename, properties } = about
  return {
    GetDocMetaInfo: docMetaInfo({ content, said }),
    ...(versions && {
      GetVersions: getVersions({ versions, listId }),
      Versioning: versioning({ ...scope, versions }),
    }),
    ...(rename && { FileOperation: fileOperation({ ...scope, content, rename }) }),
    ...(properties && { Properties: propertiesHandler(properties) }),
  }
}
