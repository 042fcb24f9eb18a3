import { type Check, groups } from '../check.ts'
import { fromTheTable } from '../from-the-table.ts'
import { activities } from './activities.ts'
import { ancestors } from './ancestors.ts'
import { bootstrapper } from './bootstrapper.ts'
import { cellStorage } from './cells.ts'
import { checkFileInfo } from './check-file-info.ts'
import { childFiles } from './child-files.ts'
import { children } from './children.ts'
import { chunkedReads } from './chunked-reads.ts'
import { chunkedWrites } from './chunked-writes.ts'
import { coauthLocks } from './coauth-locks.ts'
import { coauthPromises } from './coauth-promises.ts'
import { coauthTable } from './coauth-table.ts'
import { collabora } from './collabora.ts'
import { containers } from './containers.ts'
import { deleting } from './delete.ts'
import { ecosystem } from './ecosystem.ts'
import { expiry } from './expiry.ts'
import { folders } from './folders.ts'
import { getFile } from './get-file.ts'
import { limits } from './limits.ts'
import { locks } from './locks.ts'
import { relativeNames } from './names.ts'
import { onlyoffice } from './onlyoffice.ts'
import { overrides } from './overrides.ts'
import { proof } from './proof.ts'
import { putFile } from './put-file.ts'
import { racing } from './races.ts'
import { renaming } from './rename.ts'
import { restart } from './restart.ts'
import { sharing } from './sharing.ts'
import { tokens } from './tokens.ts'
import { uploadSessions } from './upload-sessions.ts'
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
  ...limits,
  ...locks,
  ...racing,
  ...relativeNames,
  ...renaming,
  ...deleting,
  ...userInfo,
  ...containers,
  ...children,
  ...childFiles,
  ...ancestors,
  ...ecosystem,
  ...folders,
  ...sharing,
  ...activities,
  ...coauthLocks,
  ...coauthTable,
  ...coauthPromises,
  ...chunkedReads,
  ...chunkedWrites,
  ...uploadSessions,
  ...cellStorage,
  ...collabora,
  ...onlyoffice,
  ...proof,
  ...bootstrapper,
  ...expiry,
  ...restart,
]

/** Every check, group by group. */
export const checks: readonly Check[] = groups.flatMap((group) => unordered.filter((check) => check.group === group))
