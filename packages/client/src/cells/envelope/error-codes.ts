/** Every way a sub-request can end but well, as the specification spells it. */
// biome-ignore format: a row reads as a row
export const cellErrorCodes = [
  'IncompatibleVersion', 'InvalidUrl', 'FileNotExistsOrCannotBeCreated', 'FileUnauthorizedAccess', 'PathNotFound',
  'ResourceIdDoesNotExist', 'ResourceIdDoesNotMatch', 'InvalidSubRequest', 'SubRequestFail', 'BlockedFileType',
  'DocumentCheckoutRequired', 'InvalidArgument', 'RequestNotSupported', 'InvalidWebUrl', 'WebServiceTurnedOff',
  'ColdStoreConcurrencyViolation', 'HighLevelExceptionThrown', 'Unknown',
  'CellRequestFail', 'IRMDocLibarysOnlySupportWebDAV',
  'DependentRequestNotExecuted', 'DependentOnlyOnSuccessRequestFailed', 'DependentOnlyOnFailRequestSucceeded',
  'DependentOnlyOnNotSupportedRequestGetSupported', 'InvalidRequestDependencyType',
  'LockRequestFail', 'FileAlreadyLockedOnServer', 'FileNotLockedOnServer', 'FileNotLockedOnServerAsCoauthDisabled',
  'LockNotConvertedAsCoauthDisabled', 'FileAlreadyCheckedOutOnServer', 'ConvertToSchemaFailedFileCheckedOutByCurrentUser',
  'CoauthRefblobConcurrencyViolation', 'MultipleClientsInCoauthSession', 'InvalidCoauthSession',
  'NumberOfCoauthorsReachedMax', 'ExitCoauthSessionAsConvertToExclusiveFailed',
  'EditorMetadataQuotaReached', 'EditorMetadataStringExceedsLengthLimit', 'EditorClientIdNotFound', 'VersionNotFound',
] as const

/** One of the codes that the specification has for a failure. */
export type CellErrorCode = (typeof cellErrorCodes)[number]

const known: ReadonlyMap<string, CellErrorCode> = new Map(cellErrorCodes.map((code) => [code, code]))

/** The code that a host has sent. `undefined`: it says `Success`. A code that the specification lacks is `Unknown`. */
export const errorCodeOf = (sent: string | undefined): CellErrorCode | undefined =>
  sent === 'Success' ? undefined : (known.get(sent ?? '') ?? 'Unknown')
