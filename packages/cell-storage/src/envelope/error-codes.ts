/** What can go wrong with anything. */
export const genericErrors = [
  'Success',
  'IncompatibleVersion',
  'InvalidUrl',
  'FileNotExistsOrCannotBeCreated',
  'FileUnauthorizedAccess',
  'PathNotFound',
  'ResourceIdDoesNotExist',
  'ResourceIdDoesNotMatch',
  'InvalidSubRequest',
  'SubRequestFail',
  'BlockedFileType',
  'DocumentCheckoutRequired',
  'InvalidArgument',
  'RequestNotSupported',
  'InvalidWebUrl',
  'WebServiceTurnedOff',
  'ColdStoreConcurrencyViolation',
  'HighLevelExceptionThrown',
  'Unknown',
] as const

/** What can go wrong with cells. */
export const cellErrors = [
  'CellRequestFail',
  // The specification spells it so.
  'IRMDocLibarysOnlySupportWebDAV',
] as const

/** Why a sub-request that depends on another one was not carried out. */
export const dependencyErrors = [
  'DependentRequestNotExecuted',
  'DependentOnlyOnSuccessRequestFailed',
  'DependentOnlyOnFailRequestSucceeded',
  'DependentOnlyOnNotSupportedRequestGetSupported',
  'InvalidRequestDependencyType',
] as const

/** What can go wrong with locks, and with sessions of several authors. */
export const lockErrors = [
  'LockRequestFail',
  'FileAlreadyLockedOnServer',
  'FileNotLockedOnServer',
  'FileNotLockedOnServerAsCoauthDisabled',
  'LockNotConvertedAsCoauthDisabled',
  'FileAlreadyCheckedOutOnServer',
  'ConvertToSchemaFailedFileCheckedOutByCurrentUser',
  'CoauthRefblobConcurrencyViolation',
  'MultipleClientsInCoauthSession',
  'InvalidCoauthSession',
  'NumberOfCoauthorsReachedMax',
  'ExitCoauthSessionAsConvertToExclusiveFailed',
] as const

/** What can go wrong with the table of editors, and with versions. */
export const otherErrors = [
  'EditorMetadataQuotaReached',
  'EditorMetadataStringExceedsLengthLimit',
  'EditorClientIdNotFound',
  'VersionNotFound',
] as const

type Listed<T extends readonly string[]> = T[number]

/** How a sub-request, a request or everything ended. */
export type ErrorCode =
  | Listed<typeof genericErrors>
  | Listed<typeof cellErrors>
  | Listed<typeof dependencyErrors>
  | Listed<typeof lockErrors>
  | Listed<typeof otherErrors>
