/** What a client asks of Query Changes, from the lowest bit on. */
export const queryFlags = [
  'reserved',
  'allowFragments',
  'excludeObjectData',
  'includeFilteredOutInKnowledge',
  'allowFragments2',
  'roundKnowledgeToWholeCells',
  'returnFileHash',
  'checkForFileExists',
] as const

/** What a client asks of Query Changes in a second byte. */
export const moreQueryFlags = ['userContentEquivalentVersionOk'] as const

/** What Query Changes is to include. */
export const includeFlags = ['includeStorageManifest', 'includeCellChanges'] as const

/** What Query Changes says of its answer. */
export const resultFlags = ['partial', 'equivalentVersionReturned'] as const

/** What a client asks of Put Changes, from the lowest bit on. */
export const putFlags = [
  'implyNullExpectedIfNoMapping',
  'partial',
  'partialLast',
  'favorCoherencyFailureOverNotFound',
  'abortRemainingOnFailure',
  'multiRequestPutHint',
  'returnCompleteKnowledge',
  'lastWriterWinsOnNextChange',
] as const

/** What else a client asks of Put Changes. */
export const morePutFlags = [
  'returnAppliedStorageIndex',
  'returnDataElementsAdded',
  'checkForIdReuse',
  'coherencyCheckOnlyAppliedEntries',
  'fullFileReplacePut',
  'requireStorageMappingsRooted',
] as const

/** Whether data are to be answered with their hashes. */
export const hashingFlags = ['reserved1', 'reserved2', 'hashesInsteadOfData', 'hashesBesideData'] as const

/** What a client of later versions says of itself. */
export const roundTripFlags = ['returnVersionToken', 'nonGenericSchema'] as const

/** Whether a filter that the store does not know is to fail. */
export const filterFlags = ['failIfUnsupported'] as const

/** How Put Changes treats the chain of revisions. */
export const chainFlags = ['forceRevisionChainOptimization'] as const

/** What Put Changes says of the chain of revisions. */
export const chainResultFlags = ['forced'] as const

/** How a request or a part of it ended. */
export const statusFlags = ['failed'] as const
