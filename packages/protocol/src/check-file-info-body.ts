import { textOf } from './bodies.ts'
import type { CheckFileInfo } from './check-file-info.ts'
import type { Part } from './parts.ts'
import { readCheckFileInfo } from './read-check-file-info.ts'
import { writeCheckFileInfo } from './write-check-file-info.ts'

/** The answer of CheckFileInfo as the body of a message. */
export const checkFileInfoBody: Part<CheckFileInfo> = {
  place: 'body',
  type: 'CheckFileInfo as JSON',
  optional: false,
  read: async ({ body }) => readCheckFileInfo(JSON.parse(await textOf(body))).info,
  write(value, draft) {
    draft.headers['Content-Type'] = 'application/json'
    draft.body = JSON.stringify(writeCheckFileInfo(value))
  },
}
