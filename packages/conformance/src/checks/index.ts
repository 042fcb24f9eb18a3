import { type Check, groups } from '../check.ts'
import { fromTheTable } from '../from-the-table.ts'
import { checkFileInfo } from './check-file-info.ts'
import { deleting } from './delete.ts'
import { getFile } from './get-file.ts'
import { locks } from './locks.ts'
import { relativeNames } from './names.ts'
import { overrides } from './overrides.ts'
import { proof } from './proof.ts'
import { putFile } from './put-file.ts'
import { renaming } from './rename.ts'
import { tokens } from './tokens.ts'
import { userInfo } from './user-info.ts'
import { versions } from './versions.ts'

const unordered: readonly Check[] = [
  ...checkFileInfo,
  ...fromTheTable,
  ...getFile,
  ...tokens,
  ...overrides,
  ...versions,
  ...putFile,
  ...locks,
  ...relativeNames,
  ...renaming,
  ...deleting,
  ...userInfo,
  ...proof,
]

/** Every check, group by group. */
export const checks: readonly Check[] = groups.flatMap((group) => unordered.filter((check) => check.group === group))
