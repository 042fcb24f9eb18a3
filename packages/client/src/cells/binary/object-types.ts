/** The types of stream objects that this client writes or reads, by their numbers. */
// biome-ignore format: a row reads as a row
export const objectTypes = {
  dataElement: 0x01, blob: 0x02, excludedData: 0x03, blobDeclaration: 0x05, storageManifestRoot: 0x07,
  revisionManifestRoot: 0x0a, cellManifestRevision: 0x0b, storageManifestSchema: 0x0c,
  indexRevisionMapping: 0x0d, indexCellMapping: 0x0e, knowledge: 0x10, indexManifestMapping: 0x11,
  dataElementPackage: 0x15, objectData: 0x16, objectDeclaration: 0x18, revisionManifestGroup: 0x19, revisionManifest: 0x1a,
  blobReference: 0x1c, objectDeclarations: 0x1d, objectGroupData: 0x1e, leafNode: 0x1f, intermediateNode: 0x20,
  signature: 0x21, dataSize: 0x22, request: 0x40, subResponse: 0x41, subRequest: 0x42,
  readAccess: 0x43, writeAccess: 0x46, filter: 0x47, win32Error: 0x49, protocolError: 0x4b, error: 0x4d,
  errorText: 0x4e, agentVersion: 0x4f, queryChanges: 0x51, resultError: 0x52, agentGuid: 0x55,
  mostData: 0x59, putChanges: 0x5a, queryChangesArguments: 0x5b, agent: 0x5d, queryChangesResponse: 0x5f,
  response: 0x62, cellError: 0x66, allocateRange: 0x80, allocatedRange: 0x81, targetPartition: 0x83,
  putLock: 0x85, morePutFlags: 0x86, putChangesResponse: 0x87,
} as const
