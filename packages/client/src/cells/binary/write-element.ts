import { type CellObject, type DataElement, type ElementBody, elementTypes, type Mapping } from './element.ts'
import { cellId, compact, extendedGuid, guid, item, list, serialNumber } from './fields.ts'
import { objectTypes as types } from './object-types.ts'
import type { Piece } from './piece.ts'
import { streamObject } from './stream-object.ts'

/** A body that can be sent. */
export type SentBody = Exclude<ElementBody, { is: 'other' }>

/** A data element as it is sent. */
export const writeElement = ({ id, serial, body }: DataElement & { readonly body: SentBody }): Piece =>
  streamObject(
    types.dataElement,
    [extendedGuid(id), serialNumber(serial), compact(elementTypes[body.is])],
    partsOf(body),
  )

function partsOf(body: SentBody): Piece[] {
  switch (body.is) {
    case 'index':
      return [
        ...(body.index.manifest ? [streamObject(types.indexManifestMapping, mapping(body.index.manifest))] : []),
        ...[...body.index.cells].map(([cell, to]) => streamObject(types.indexCellMapping, [cellId(cell), mapping(to)])),
        ...[...body.index.revisions].map(([revision, to]) =>
          streamObject(types.indexRevisionMapping, [extendedGuid(revision), mapping(to)]),
        ),
      ]
    case 'storage':
      return [
        streamObject(types.storageManifestSchema, guid(body.storage.schema)),
        ...body.storage.roots.map(({ root, cell }) =>
          streamObject(types.storageManifestRoot, [extendedGuid(root), cellId(cell)]),
        ),
      ]
    case 'cell':
      return [streamObject(types.cellManifestRevision, extendedGuid(body.revision))]
    case 'revision':
      return [
        streamObject(types.revisionManifest, [extendedGuid(body.revision.revision), extendedGuid(body.revision.base)]),
        ...body.revision.roots.map(({ root, object }) =>
          streamObject(types.revisionManifestRoot, [extendedGuid(root), extendedGuid(object)]),
        ),
        ...body.revision.groups.map((group) => streamObject(types.revisionManifestGroup, extendedGuid(group))),
      ]
    case 'group':
      return [
        streamObject(types.objectDeclarations, [], body.objects.map(declaration)),
        streamObject(types.objectGroupData, [], body.objects.map(data)),
      ]
    case 'blob':
      return [streamObject(types.blob, body.bytes)]
  }
}

const mapping = ({ element, serial }: Mapping): Piece => [extendedGuid(element), serialNumber(serial)]

/** The number that marks objects of files. */
const partition = 1

const declaration = ({ id, references, content }: CellObject): Piece => {
  const counts = [compact(references.length), compact(0)]
  return typeof content === 'string'
    ? streamObject(types.blobDeclaration, [extendedGuid(id), extendedGuid(content), compact(partition), counts])
    : streamObject(types.objectDeclaration, [extendedGuid(id), compact(partition), compact(content.byteLength), counts])
}

const data = ({ references, content }: CellObject): Piece => {
  const links = [list(references, extendedGuid), compact(0)]
  return typeof content === 'string'
    ? streamObject(types.blobReference, [links, extendedGuid(content)])
    : streamObject(types.objectData, [links, item(content)])
}
