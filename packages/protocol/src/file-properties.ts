/** What a value is on the wire, and what it is in TypeScript. `instant` is a time in ISO 8601, kept as it was written. */
export interface PropertyKinds {
  bool: boolean
  text: string
  url: string
  instant: string
  integer: number
  texts: readonly string[]
  choice: string
  object: Readonly<Record<string, unknown>>
}

/** The editors whose sources or documentation say that they read a property. */
export type Editor = 'm365' | 'collabora' | 'onlyoffice'

/** What a row of a property table says. A property that is absent is `false`, `''`, `0` or `[]`, unless the row says more. */
export interface PropertyRow {
  readonly kind: keyof PropertyKinds
  readonly group: string
  readonly readBy: readonly Editor[]
  readonly required?: true
  /** The values of a `choice`. */
  readonly choices?: readonly string[]
  /** What clients take an absent one for, where it is not what all of its kind default to. */
  readonly default?: number
  /** Sent even when it says what an absent one would: some client takes an absent one for something else. */
  readonly explicit?: true
  /** Another spelling that is read. */
  readonly alias?: string
  readonly says: string
}

const m = ['m365'] as const
const mc = ['m365', 'collabora'] as const
const mo = ['m365', 'onlyoffice'] as const
const mco = ['m365', 'collabora', 'onlyoffice'] as const
const c = ['collabora'] as const
const co = ['collabora', 'onlyoffice'] as const

const identity = { group: 'The file and the user' } as const
const supports = { group: 'What the host supports', kind: 'bool' } as const
const may = { group: 'What the user may do', kind: 'bool' } as const
const pages = { group: 'Pages and labels', kind: 'url' } as const
const messages = { group: 'Messages to the host page', kind: 'bool' } as const
const behaviour = { group: 'How the client behaves' } as const
const collabora = { group: 'Collabora', readBy: c } as const
const restrictions = ['BlockAll', 'CurrentDocumentOnly'] as const
const protections = ['MostProtected', 'Protected', 'Normal', 'LessProtected', 'LeastProtected'] as const
const throttling = ['Unknown', 'Normal', 'Minor', 'Medium', 'Major', 'Critical'] as const

/** The properties of CheckFileInfo. Names are case-sensitive on the wire. */
// biome-ignore format: a row reads as a row
export const fileProperties = {
  BaseFileName: { ...identity, kind: 'text', required: true, readBy: mco, says: 'The file’s name with its extension and without a path.' },
  OwnerId: { ...identity, kind: 'text', required: true, readBy: mc, says: 'Stable, alphanumeric id of the file’s owner.' },
  Size: { ...identity, kind: 'integer', required: true, readBy: mco, says: 'Bytes; an empty file may be filled without a lock.' },
  UserId: { ...identity, kind: 'text', required: true, readBy: mco, says: 'Stable, alphanumeric id of whoever asks, the same for every file.' },
  Version: { ...identity, kind: 'text', required: true, readBy: mo, says: 'Changes whenever the content changes, and never comes back.' },
  LastModifiedTime: { ...identity, kind: 'instant', readBy: mco, says: 'When the content last changed, in UTC; Collabora sends it back unchanged to find out about changes from outside.' },
  FileExtension: { ...identity, kind: 'text', readBy: mo, says: 'The extension with its dot, where it is not that of BaseFileName.' },
  FileNameMaxLength: { ...identity, kind: 'integer', default: 250, readBy: mo, says: 'The longest name, without its extension, that the host takes.' },
  SHA256: { ...identity, kind: 'text', readBy: m, says: 'Base64 of the content’s SHA-256; viewers cache by it, so a wrong one shows another document.' },
  UniqueContentId: { ...identity, kind: 'text', readBy: m, says: 'Stands in for SHA256 where equal contents always have equal ids.' },
  SequenceNumber: { ...identity, kind: 'integer', readBy: m, says: 'Counts changes of the content, for hosts with real-time co-authoring.' },
  FileUrl: { ...identity, kind: 'url', readBy: mco, says: 'Where the content can be fetched without a token, for a short time; GetFile must still work.' },
  HostNotes: { ...identity, kind: 'text', readBy: m, says: 'Free text that clients may ignore.' },
  HostAuthenticationId: { ...identity, kind: 'text', readBy: m, says: 'An older form of UserId.' },
  HostAuthenticationIdType: { ...identity, kind: 'text', readBy: m, says: 'What HostAuthenticationId is; not documented.' },
  UserFriendlyName: { ...identity, kind: 'text', readBy: mco, says: 'The user’s name as others see it.' },
  UserPrincipalName: { ...identity, kind: 'text', readBy: m, says: 'The name the user signs in with.' },
  AADUserObjectId: { ...identity, kind: 'text', readBy: m, says: 'The user’s object id in Entra.' },
  TenantId: { ...identity, kind: 'text', readBy: m, says: 'The tenant the user belongs to.' },
  PresenceProvider: { ...identity, kind: 'text', readBy: m, says: 'The messaging service that knows whether the user is there.' },
  PresenceUserId: { ...identity, kind: 'text', readBy: m, says: 'The user in that service.' },
  TimeZone: { ...identity, kind: 'text', readBy: m, says: 'The user’s time zone, in a form the host chooses.' },
  UserInfo: { ...identity, kind: 'text', readBy: m, says: 'What PutUserInfo stored for this user, on every file; at most 1,024 ASCII characters.' },
  IsAnonymousUser: { ...identity, kind: 'bool', readBy: mco, says: 'The user has not signed in.' },
  IsEduUser: { ...identity, kind: 'bool', readBy: m, says: 'The user has an education account.' },
  LicenseCheckForEditIsEnabled: { ...identity, kind: 'bool', alias: 'LicenseCheckInEditIsEnabled', readBy: m, says: 'The client checks the user’s licence before it edits; needs HostEditUrl.' },
  LicensedOrganization: { ...identity, kind: 'text', readBy: m, says: 'Not documented.' },
  IsYammerEnabled: { ...identity, kind: 'bool', readBy: m, says: 'Not documented.' },
  ComplianceDomainPrefix: { ...identity, kind: 'text', readBy: m, says: 'Not documented.' },
  AppliedPolicyId: { ...identity, kind: 'text', readBy: m, says: 'Not documented.' },
  SafeLinksStatus: { ...identity, kind: 'text', readBy: m, says: 'Not documented.' },

  SupportsUpdate: { ...supports, readBy: mo, says: 'PutFile and PutRelativeFile; without it nothing is edited.' },
  SupportsLocks: { ...supports, readBy: mco, says: 'Lock, Unlock, RefreshLock and UnlockAndRelock.' },
  SupportsGetLock: { ...supports, readBy: m, says: 'GetLock.' },
  SupportsExtendedLockLength: { ...supports, readBy: m, says: 'Lock ids of up to 1,024 characters; otherwise 256.' },
  SupportsRename: { ...supports, readBy: mco, says: 'RenameFile.' },
  SupportsDeleteFile: { ...supports, readBy: m, says: 'DeleteFile.' },
  SupportsContainers: { ...supports, readBy: m, says: 'The operations on containers, and EnumerateAncestors.' },
  SupportsEcosystem: { ...supports, readBy: m, says: 'CheckEcosystem, GetEcosystem and GetRootContainer.' },
  SupportsGetFileWopiSrc: { ...supports, readBy: m, says: 'GetFileWopiSrc on the ecosystem.' },
  SupportsFolders: { ...supports, readBy: m, says: 'CheckFolderInfo and EnumerateChildren on folders.' },
  SupportsCobalt: { ...supports, readBy: m, says: 'ExecuteCellStorageRequest.' },
  CobaltCapabilities: { ...supports, kind: 'texts', readBy: m, says: 'What of cell storage the host can do; `DownloadStreaming` is the one known value.' },
  SupportsUserInfo: { ...supports, readBy: m, says: 'PutUserInfo.' },
  SupportsFileCreation: { ...supports, readBy: m, says: 'New files can be made through the host.' },
  SupportsSecureStore: { ...supports, readBy: m, says: 'ReadSecureStore.' },
  SupportsScenarioLinks: { ...supports, readBy: m, says: 'GetRestrictedLink and RevokeRestrictedLink.' },
  SupportsAddActivities: { ...supports, readBy: m, says: 'AddActivities.' },
  AllowAddActivitiesUserBatching: { ...supports, readBy: m, says: 'One AddActivities may carry what several users did.' },
  SupportedShareUrlTypes: { ...supports, kind: 'texts', readBy: m, says: 'The kinds of links GetShareUrl gives: `ReadOnly`, `ReadWrite`.' },
  SupportsReviewing: { ...supports, readBy: mo, says: 'The host knows users who may comment and suggest, and no more.' },
  SupportsCoauth: { ...supports, readBy: m, says: 'Co-authoring by CSPP Plus; leave it out altogether otherwise.' },
  SupportsChunkedFileTransfer: { ...supports, readBy: m, says: 'GetChunkedFile and PutChunkedFile.' },
  SupportsResumableFileTransfer: { ...supports, readBy: m, says: 'GetChunks and upload sessions.' },
  SupportsCheckPolicy: { ...supports, readBy: m, says: 'CheckPolicy.' },
  SupportsCheckUserAccess: { ...supports, readBy: m, says: 'CheckUserAccess.' },
  SupportsContactsResolution: { ...supports, readBy: m, says: 'Not documented.' },
  SupportsFileUserValue: { ...supports, readBy: m, says: 'GetFileUserValue and SetFileUserValue.' },
  SupportsGetActivities: { ...supports, readBy: m, says: 'GetActivities.' },
  SupportsGrantUserAccess: { ...supports, readBy: m, says: 'GrantUserAccess.' },
  SupportsPolicies: { ...supports, readBy: m, says: 'Not documented.' },
  HasContentRange: { ...supports, readBy: c, says: 'GetFile answers to Range.' },

  UserCanWrite: { ...may, readBy: mco, says: 'The user may change the content; without it clients open for reading only.' },
  ReadOnly: { ...may, readBy: mo, says: 'The file cannot be changed, whoever asks.' },
  WebEditingDisabled: { ...may, readBy: m, says: 'The file must not be edited in a browser.' },
  EditingCannotSave: { ...may, readBy: m, says: 'Editing that cannot be saved; no longer used.' },
  RestrictedWebViewOnly: { ...may, readBy: m, says: 'No download, and no opening in other programs.' },
  UserCanNotWriteRelative: { ...may, explicit: true, readBy: mco, says: 'The user may not create files beside this one; Collabora takes an absent one for true.' },
  UserCanRename: { ...may, readBy: mco, says: 'The user may rename the file.' },
  UserCanReview: { ...may, readBy: mo, says: 'The user may comment and suggest, though not write.' },
  UserCanOnlyComment: { ...may, readBy: co, says: 'The user may comment and nothing more.' },
  UserCanAttend: { ...may, readBy: m, says: 'The user may watch a broadcast; no longer used.' },
  UserCanPresent: { ...may, readBy: m, says: 'The user may give a broadcast; no longer used.' },
  TemporarilyNotWritable: { ...may, readBy: m, says: 'The host cannot take writes to this file just now.' },
  ProtectInClient: { ...may, readBy: m, says: 'The client should prevent copying and printing.' },
  ProtectedFile: { ...may, readBy: m, says: 'Not documented.' },
  IrmPolicyTitle: { ...may, kind: 'text', readBy: m, says: 'The title of the rights policy shown to the user.' },
  IrmPolicyDescription: { ...may, kind: 'text', readBy: m, says: 'What the rights policy says.' },
  CopyPasteRestrictions: { ...may, kind: 'choice', choices: restrictions, readBy: mo, says: 'Copying is forbidden, or stays inside this document.' },
  DisablePrint: { ...may, readBy: mco, says: 'No printing.' },
  DisableTranslation: { ...may, readBy: m, says: 'No machine translation.' },
  DisableBrowserCachingOfUserContent: { ...may, readBy: m, says: 'The browser keeps nothing of the content.' },
  IsAdminUser: { ...may, readBy: c, says: 'The user sees what concerns the server.' },
  IsUserLocked: { ...may, readBy: c, says: 'Some features are shown as locked.' },
  IsUserRestricted: { ...may, readBy: c, says: 'Some features are not shown.' },

  HostViewUrl: { ...pages, readBy: mo, says: 'The host’s page that shows this file.' },
  HostEditUrl: { ...pages, readBy: mo, says: 'The host’s page that edits this file; without it there is no way from view to edit.' },
  HostEmbeddedViewUrl: { ...pages, readBy: m, says: 'A page that shows the file inside other sites.' },
  HostEmbeddedEditUrl: { ...pages, readBy: m, says: 'A page that edits the file inside other sites.' },
  HostDivSyndicationViewUrl: { ...pages, readBy: m, says: 'Not documented.' },
  HostRestUrl: { ...pages, readBy: m, says: 'Where programs reach parts of a spreadsheet.' },
  ClientUrl: { ...pages, kind: 'text', readBy: m, says: 'Opens the file in a desktop program; its scheme need not be of the web.' },
  DirectInvokeDAVUrl: { ...pages, kind: 'text', readBy: m, says: 'Opens the file in a desktop program; not documented.' },
  OpenInClientCommandUrl: { ...pages, kind: 'text', readBy: m, says: 'Opens the file in a desktop program; not documented.' },
  DownloadUrl: { ...pages, readBy: m, says: 'Where the user downloads the newest saved content.' },
  CloseUrl: { ...pages, readBy: mo, says: 'Where the window goes when the user closes the document.' },
  CloseButtonClosesWindow: { ...pages, kind: 'bool', readBy: m, says: 'Closing the document closes the window.' },
  FileSharingUrl: { ...pages, readBy: mo, says: 'The page on which the file is shared.' },
  FileEmbedCommandUrl: { ...pages, readBy: m, says: 'The page that makes code to embed the file.' },
  FileVersionUrl: { ...pages, readBy: mo, says: 'The page that lists earlier versions.' },
  EditAndReplyUrl: { ...pages, readBy: m, says: 'The page that edits an attachment and answers its message.' },
  SignInUrl: { ...pages, readBy: m, says: 'Where the user signs in.' },
  SignoutUrl: { ...pages, readBy: m, says: 'Where the user signs out.' },
  PrivacyUrl: { ...pages, readBy: m, says: 'The host’s privacy statement; no longer used.' },
  TermsOfUseUrl: { ...pages, readBy: m, says: 'The host’s terms of use; no longer used.' },
  ReportAbuseUrl: { ...pages, readBy: m, says: 'Not documented.' },
  AppCatalogUrl: { ...pages, readBy: m, says: 'Not documented.' },
  WorkflowType: { ...pages, kind: 'texts', readBy: m, says: 'What the workflow button does: `Assign`, `Submit`.' },
  WorkflowUrl: { ...pages, readBy: m, says: 'The page of the workflow button.' },
  BreadcrumbBrandName: { ...pages, kind: 'text', readBy: mo, says: 'The host’s name in the header.' },
  BreadcrumbBrandUrl: { ...pages, readBy: mo, says: 'Where the host’s name leads.' },
  BreadcrumbDocName: { ...pages, kind: 'text', readBy: mco, says: 'The document’s name in the header, where it is not BaseFileName.' },
  BreadcrumbDocUrl: { ...pages, readBy: mo, says: 'Where the document’s name leads; no longer used.' },
  BreadcrumbFolderName: { ...pages, kind: 'text', readBy: mo, says: 'The name of the folder in the header.' },
  BreadcrumbFolderUrl: { ...pages, readBy: mo, says: 'Where the folder’s name leads.' },
  HostName: { ...pages, kind: 'text', readBy: m, says: 'The host’s name; no longer used.' },
  EmbeddingPageOrigin: { ...pages, kind: 'text', readBy: m, says: 'The site in which the document is embedded.' },
  EmbeddingPageSessionInfo: { ...pages, kind: 'text', readBy: m, says: 'Passed on to the page in which the document is embedded.' },
  PostMessageOrigin: { ...pages, readBy: mco, says: 'The origin of the host page, without a slash at its end; messages go there and nowhere else.' },

  ClosePostMessage: { ...messages, readBy: mo, says: 'Closing sends UI_Close; needs CloseUrl as well.' },
  EditModePostMessage: { ...messages, readBy: mo, says: 'The edit button sends UI_Edit.' },
  EditNotificationPostMessage: { ...messages, readBy: mo, says: 'Edits send Edit_Notification.' },
  FileSharingPostMessage: { ...messages, readBy: mo, says: 'Sharing sends UI_Sharing.' },
  FileVersionPostMessage: { ...messages, readBy: mo, says: 'Earlier versions send UI_FileVersions.' },
  FileEmbedCommandPostMessage: { ...messages, readBy: m, says: 'Embedding sends UI_FileEmbed.' },
  WorkflowPostMessage: { ...messages, readBy: m, says: 'The workflow button sends UI_Workflow.' },
  AppStateHistoryPostMessage: { ...messages, readBy: m, says: 'Moving about in a notebook sends App_PushState.' },
  OpenInClientPostMessage: { ...messages, readBy: m, says: 'Not documented.' },
  PermissionsPostMessage: { ...messages, readBy: m, says: 'Not documented.' },
  PolicyCheckPostMessage: { ...messages, readBy: m, says: 'Not documented.' },
  InsertImagePostMessage: { ...messages, readBy: m, says: 'Not documented.' },
  ReportAbusePostMessage: { ...messages, readBy: m, says: 'Not documented.' },
  DownloadAsPostMessage: { ...messages, readBy: c, says: 'Downloads and prints send Download_As.' },
  SaveAsPostmessage: { ...messages, readBy: c, says: 'Saving under another name sends UI_SaveAs.' },

  AllowAdditionalMicrosoftServices: { ...behaviour, kind: 'bool', readBy: m, says: 'Proofing and search by connected services are allowed.' },
  AllowErrorReportPrompt: { ...behaviour, kind: 'bool', readBy: m, says: 'The client may ask the user for an error report.' },
  AllowExternalMarketplace: { ...behaviour, kind: 'bool', readBy: m, says: 'Add-ins from the store are allowed.' },
  AllowEarlyFeatures: { ...behaviour, kind: 'bool', readBy: m, says: 'Not documented.' },
  AllowExternalSpellCheckService: { ...behaviour, kind: 'bool', readBy: m, says: 'Not documented.' },
  EnabledApplicationFeatures: { ...behaviour, kind: 'texts', readBy: m, says: 'Names of features; not documented.' },
  ClientThrottlingProtection: { ...behaviour, kind: 'choice', choices: protections, readBy: m, says: 'How late this user and document lose service when the client is short of it.' },
  RequestedCallThrottling: { ...behaviour, kind: 'choice', choices: throttling, readBy: m, says: 'How far the client should call less, because the host is busy.' },
  AccessTokenExpiry: { ...behaviour, kind: 'integer', readBy: m, says: 'When the token ends, in milliseconds since the epoch, for hosts with real-time co-authoring.' },
  ServerTime: { ...behaviour, kind: 'integer', readBy: m, says: 'The host’s clock in milliseconds since the epoch, for hosts with real-time co-authoring.' },
  SharingStatus: { ...behaviour, kind: 'choice', choices: ['Private', 'Shared'], readBy: m, says: 'Whether others have the file, for hosts with real-time co-authoring.' },
  FileGeoLocationCode: { ...behaviour, kind: 'text', readBy: m, says: 'Where the file lies, for hosts with real-time co-authoring.' },
  OfficeCollaborationServiceEndpointUrl: { ...behaviour, kind: 'url', readBy: m, says: 'The address of the `collab` action.' },
  RealTimeChannelEndpointUrl: { ...behaviour, kind: 'url', readBy: m, says: 'The address of the `rtc` action.' },

  EnableOwnerTermination: { ...collabora, kind: 'bool', says: 'The owner may end the session for all.' },
  DisableExport: { ...collabora, kind: 'bool', says: 'No saving in other formats, nor presenting.' },
  HideExportOption: { ...collabora, kind: 'bool', says: 'Saving in other formats is not shown.' },
  HidePrintOption: { ...collabora, kind: 'bool', readBy: co, says: 'Printing is not shown.' },
  HideSaveOption: { ...collabora, kind: 'bool', says: 'Saving is not shown.' },
  HideRepairOption: { ...collabora, kind: 'bool', says: 'Repairing is not shown.' },
  DisableCopy: { ...collabora, kind: 'bool', says: 'No copying to the clipboard.' },
  DisableInactiveMessages: { ...collabora, kind: 'bool', says: 'No notice after a time without input.' },
  UserExtraInfo: { ...collabora, kind: 'object', says: 'Shown to everyone in the document: `avatar`, `mail`.' },
  UserPrivateInfo: { ...collabora, kind: 'object', says: 'Secrets of the user, such as keys to sign with; for Collabora’s server alone.' },
  ServerPrivateInfo: { ...collabora, kind: 'object', says: 'Secrets of the host, such as those of a signing service; for Collabora’s server alone.' },
  ObfuscatedUserId: { ...collabora, kind: 'text', says: 'Stands for UserId in logs.' },
  WatermarkText: { ...collabora, kind: 'text', says: 'Drawn across every page.' },
  TemplateSource: { ...collabora, kind: 'url', readBy: co, says: 'What an empty file is filled from when it is first opened.' },
  TemplateSaveAs: { ...collabora, kind: 'text', says: 'The document is saved under this name at once; no longer used.' },
  EnableInsertRemoteImage: { ...collabora, kind: 'bool', readBy: co, says: 'Images can be chosen on the host: UI_InsertGraphic.' },
  EnableInsertRemoteFile: { ...collabora, kind: 'bool', says: 'Files can be chosen on the host: UI_InsertFile.' },
  DisableInsertLocalImage: { ...collabora, kind: 'bool', says: 'Images cannot be taken from the user’s computer.' },
  EnableRemoteLinkPicker: { ...collabora, kind: 'bool', says: 'Links can be chosen on the host: UI_PickLink.' },
  EnableRemoteAIContent: { ...collabora, kind: 'bool', says: 'Generated content can be had from the host: UI_InsertAIContent.' },
  DisableAISettings: { ...collabora, kind: 'bool', says: 'Settings of generated content are not shown.' },
  EnableShare: { ...collabora, kind: 'bool', says: 'Sharing is shown: UI_Share.' },
  HideUserList: { ...collabora, kind: 'text', says: '`true`, or where the list of users is not shown: `mobile`, `tablet`, `desktop`.' },
  DisableChangeTrackingRecord: { ...collabora, kind: 'bool', explicit: true, says: 'Changes are never, or always, recorded; absent leaves it to the user.' },
  DisableChangeTrackingShow: { ...collabora, kind: 'bool', explicit: true, says: 'Recorded changes are never, or always, shown; absent leaves it to the user.' },
  HideChangeTrackingControls: { ...collabora, kind: 'bool', says: 'The controls of recorded changes are not shown.' },
  SharedSettings: { ...collabora, kind: 'object', says: 'Where everyone’s settings are fetched from: `uri`, `stamp`.' },
  UserSettings: { ...collabora, kind: 'object', says: 'Where the user’s settings are fetched from: `uri`, `stamp`.' },
  SettingsJSON: { ...collabora, kind: 'object', says: 'An older form of SharedSettings and UserSettings.' },
  PresentationLeader: { ...collabora, kind: 'text', says: 'Whose slides the others follow.' },
  CommentAvatarUrl: { ...collabora, kind: 'url', says: 'The user’s picture beside comments.' },
} as const satisfies Record<string, PropertyRow>

/** The table with each row's own types forgotten, for code that treats all properties alike. */
export const filePropertyEntries: readonly (readonly [PropertyName, PropertyRow])[] = Object.entries(
  fileProperties,
) as (readonly [PropertyName, PropertyRow])[]

/** A property of CheckFileInfo. */
export type PropertyName = keyof typeof fileProperties
