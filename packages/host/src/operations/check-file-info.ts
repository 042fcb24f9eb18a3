import type { CheckFileInfo } from '@openwopi/protocol'
import { aboutCoauth, allOrNothing } from '../coauth-properties.ts'
import type { FileCall, Implementation } from '../implementation.ts'
import { splitName } from '../names.ts'
import type { Grant, StoredFile } from '../ports.ts'
import { shareTypes } from '../share-url.ts'

/** The longest base name a client may offer its user, so that an extension still fits behind it. */
const longestBaseName = 200

/** `LastModifiedTime` of a file. Clients send it back as they got it, so one state of a file has one spelling. */
export const lastModifiedTime = ({ modifiedAt }: StoredFile): string =>
  // Seven digits, as .NET's round-trip format has them.
  `${new Date(modifiedAt).toISOString().slice(0, -1)}0000Z`

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/** What is the same in every answer of a host. Naming all properties here lets copies of it be made at once. */
const template = (promises: FileCall['promises']): CheckFileInfo => ({
  BaseFileName: '',
  OwnerId: '',
  Size: 0,
  UserId: '',
  Version: '',
  LastModifiedTime: undefined,
  FileExtension: undefined,
  FileNameMaxLength: longestBaseName,
  SHA256: undefined,
  ReadOnly: undefined,
  UserFriendlyName: undefined,
  IsAnonymousUser: undefined,
  UserCanWrite: undefined,
  UserCanRename: undefined,
  // Collabora takes an absent UserCanNotWriteRelative for true, so it is always said.
  UserCanNotWriteRelative: undefined,
  UserInfo: undefined,
  HasContentRange: true,
  // Without it Office cuts lock ids off at 256 characters, and its own are longer.
  SupportsExtendedLockLength: promises['SupportsLocks'],
  ...promises,
})

function aboutFile(info: Writable<CheckFileInfo>, file: StoredFile): void {
  info.BaseFileName = file.name
  info.OwnerId = file.ownerId
  info.Size = file.size
  info.Version = file.version
  info.LastModifiedTime = lastModifiedTime(file)
  info.FileExtension = splitName(file.name).extension
  info.SHA256 = file.sha256
  info.ReadOnly = file.isReadOnly
}

function aboutUser(info: Writable<CheckFileInfo>, { user, can }: Grant, promises: FileCall['promises']): void {
  info.UserId = user.id
  info.UserFriendlyName = user.name
  info.IsAnonymousUser = user.isAnonymous
  info.UserCanWrite = can.has('write') && !info.ReadOnly
  info.UserCanRename = can.has('rename') && promises['SupportsRename'] === true
  info.UserCanNotWriteRelative = !can.has('create') || promises['UserCanNotWriteRelative'] === true
}

export const checkFileInfo: Implementation<'checkFileInfo'> = (ports) => {
  const { userInfo, shares, describe, now } = ports
  let start: CheckFileInfo | undefined

  return async (_, { file, grant, promises, profile, offers }: FileCall) => {
    start ??= template(promises)
    const info: Writable<CheckFileInfo> = { ...start }
    aboutFile(info, file)
    aboutUser(info, grant, promises)
    const isKept = promises['SupportsUserInfo'] && !grant.user.isAnonymous
    if (userInfo && isKept) info.UserInfo = await userInfo.get(grant.user.id, file)
    if (shares && offers('getShareUrl')) info.SupportedShareUrlTypes = shareTypes(shares, grant, file)
    Object.assign(info, describe(file, grant))
    const isMeetingPlaceKnown = info.RealTimeChannelEndpointUrl !== undefined
    if (promises['SupportsCoauth'] && isMeetingPlaceKnown)
      aboutCoauth(info, file, { expiresAt: grant.expiresAt, now: now() })
    Object.assign(info, profile.describe(info))
    allOrNothing(info)
    return { info }
  }
}
