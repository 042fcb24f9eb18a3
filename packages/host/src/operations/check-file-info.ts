import type { CheckFileInfo } from '@openwopi/protocol'
import type { FileCall, Implementation, Ports } from '../implementation.ts'
import { splitName } from '../names.ts'
import type { Grant, StoredFile } from '../ports.ts'
import { shareTypes } from '../share-url.ts'

/** The longest base name a client may offer its user, so that an extension still fits behind it. */
const longestBaseName = 200

/** `LastModifiedTime` of a file. Clients send it back as they got it, so one state of a file has one spelling. */
export const lastModifiedTime = ({ modifiedAt }: StoredFile): string =>
  // Seven digits, as .NET's round-trip format has them.
  `${new Date(modifiedAt).toISOString().slice(0, -1)}0000Z`

const aboutFile = (file: StoredFile) => ({
  BaseFileName: file.name,
  OwnerId: file.ownerId,
  Size: file.size,
  Version: file.version,
  LastModifiedTime: lastModifiedTime(file),
  FileExtension: splitName(file.name).extension,
  FileNameMaxLength: longestBaseName,
  ...(file.sha256 !== undefined && { SHA256: file.sha256 }),
  ...(file.isReadOnly && { ReadOnly: true }),
})

/** Collabora takes an absent UserCanNotWriteRelative for true, so it is always said. */
const aboutUser = ({ user, can }: Grant, { isReadOnly = false }: StoredFile, promises: FileCall['promises']) => ({
  UserId: user.id,
  UserFriendlyName: user.name,
  ...(user.isAnonymous && { IsAnonymousUser: true }),
  UserCanWrite: can.has('write') && !isReadOnly,
  UserCanRename: can.has('rename') && promises['SupportsRename'] === true,
  UserCanNotWriteRelative: !can.has('create') || promises['UserCanNotWriteRelative'] === true,
})

const aboutThisHost = {
  HasContentRange: true,
}

async function known({ userInfo }: Ports, { user }: Grant) {
  const info = user.isAnonymous ? undefined : await userInfo?.get(user.id)
  return info === undefined ? {} : { UserInfo: info }
}

export const checkFileInfo: Implementation<'checkFileInfo'> =
  (ports) =>
  async (_, { file, grant, promises, profile, offers }: FileCall) => {
    // `Object.assign` throughout: spreading this many properties takes V8 ten times as long, and this is the hot path.
    const info: CheckFileInfo = Object.assign(
      aboutFile(file),
      promises,
      aboutUser(grant, file, promises),
      aboutThisHost,
    )
    if (promises['SupportsUserInfo']) Object.assign(info, await known(ports, grant))
    if (ports.shares && offers('getShareUrl')) {
      Object.assign(info, { SupportedShareUrlTypes: shareTypes(ports.shares, grant, file) })
    }
    // Without it Office cuts lock ids off at 256 characters, and its own are longer.
    if (promises['SupportsLocks']) Object.assign(info, { SupportsExtendedLockLength: true })
    Object.assign(info, ports.describe(file, grant))
    return { info: Object.assign(info, profile.describe(info)) }
  }
