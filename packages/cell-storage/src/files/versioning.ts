import { failed, type SubAnswer, succeeded } from '../envelope/answer.ts'
import type { SubRequestHandler } from '../envelope/answer-envelope.ts'
import { ticksSince1601 } from '../envelope/ticks.ts'
import type { Caller } from '../envelope/who-am-i.ts'
import { type XmlElement, xmlElement } from '../envelope/xml-element.ts'
import { inTheWayOf, type WayScope } from '../locks/in-the-way.ts'
import type { CellVersion, CellVersions, VersionAuthor } from './cell-file.ts'
import { isVersionNumber, versionNumber } from './version-number.ts'

/** What requests about versions are answered from. */
export interface VersioningScope extends WayScope {
  readonly versions: CellVersions
  readonly caller: Caller
}

/** Answers what the file was, and makes it that again. */
export const versioning =
  (scope: VersioningScope): SubRequestHandler =>
  async ({ attributes = {} }) => {
    const { VersioningRequestType: type, Version: number = '' } = attributes
    if (type !== 'GetVersionList' && type !== 'RestoreVersion') {
      return failed('InvalidArgument', 'VersioningRequestType is none of GetVersionList, RestoreVersion.')
    }
    const isRestore = type === 'RestoreVersion'
    if (isRestore && !isVersionNumber(number)) return failed('InvalidArgument', 'Version is no number of a version.')
    const listed = await scope.versions.list()
    if (listed.length === 0) return failed('FileNotExistsOrCannotBeCreated')
    return isRestore ? restored(number, listed, scope) : versionList(listed, scope.caller)
  }

async function restored(number: string, listed: readonly CellVersion[], scope: VersioningScope): Promise<SubAnswer> {
  const { versions, caller } = scope
  if (!caller.canWrite) return failed('FileUnauthorizedAccess')
  const found = listed.find((each) => versionNumber(each) === number)
  if (!found) return failed('VersionNotFound')
  const holder = await inTheWayOf(scope, { amongOthers: false })
  if (holder !== undefined) return failed('FileAlreadyLockedOnServer', holder)
  const outcome = await versions.restore(found.version)
  if (outcome === 'notKept') return failed('VersionNotFound')
  return outcome === 'restored' ? succeeded() : failed('SubRequestFail', 'The file may not be changed just now.')
}

/** The versions, and everybody who has made one. Who lists them stands for those who are not known. */
function versionList(listed: readonly CellVersion[], caller: VersionAuthor): SubAnswer {
  const authors = new Map(listed.flatMap(({ by }) => (by ? [[by.login, by] as const] : [])))
  if (authors.size === 0) authors.set(caller.login, caller)
  const ids = new Map([...authors.keys()].map((login, index) => [login, String(index + 1)]))
  return succeeded({
    children: [
      xmlElement(
        'UserTable',
        {},
        [...authors.values()].map((author) => userElement(author, ids.get(author.login))),
      ),
      xmlElement(
        'Versions',
        {},
        listed.map((version, index) =>
          xmlElement('Version', {
            IsCurrent: index === 0 ? 'true' : undefined,
            Number: versionNumber(version),
            LastModifiedTime: String(ticksSince1601(version.modifiedAt)),
            UserId: version.by && ids.get(version.by.login),
          }),
        ),
      ),
    ],
  })
}

const userElement = ({ login, name, email }: VersionAuthor, id: string | undefined): XmlElement =>
  xmlElement('User', { UserId: id, UserLogin: login, UserName: name, UserEmailAddress: email })
