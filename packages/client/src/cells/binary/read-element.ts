import { BadAnswer } from '../../failures.ts'
import { ByteReader } from './byte-reader.ts'
import { type CellObject, type DataElement, type ElementBody, elementTypes, type Mapping } from './element.ts'
import type { CellId, ExtendedGuid } from './ids.ts'
import { objectTypes as types } from './object-types.ts'
import type { StreamObject } from './stream-object.ts'

/** The data element that a stream object is. */
export function readElement({ content, nested }: StreamObject): DataElement {
  const reader = new ByteReader(content)
  const [id, serial, type] = [reader.extendedGuid(), reader.serialNumber(), reader.compact()]
  return { id, serial, body: bodies[type]?.(nested) ?? { is: 'other' } }
}

const bodies: Readonly<Record<number, (parts: readonly StreamObject[]) => ElementBody>> = {
  [elementTypes.index]: (parts) => ({
    is: 'index',
    index: {
      manifest: read(parts, types.indexManifestMapping, mapping)[0],
      cells: new Map(read(parts, types.indexCellMapping, (r): [CellId, Mapping] => [r.cellId(), mapping(r)])),
      revisions: new Map(
        read(parts, types.indexRevisionMapping, (r): [ExtendedGuid, Mapping] => [r.extendedGuid(), mapping(r)]),
      ),
    },
  }),
  [elementTypes.storage]: (parts) => ({
    is: 'storage',
    storage: {
      schema: one(parts, types.storageManifestSchema, (r) => r.guid()),
      roots: read(parts, types.storageManifestRoot, (r) => ({ root: r.extendedGuid(), cell: r.cellId() })),
    },
  }),
  [elementTypes.cell]: (parts) => ({
    is: 'cell',
    revision: one(parts, types.cellManifestRevision, (r) => r.extendedGuid()),
  }),
  [elementTypes.revision]: (parts) => ({
    is: 'revision',
    revision: {
      ...one(parts, types.revisionManifest, (r) => ({ revision: r.extendedGuid(), base: r.extendedGuid() })),
      roots: read(parts, types.revisionManifestRoot, (r) => ({ root: r.extendedGuid(), object: r.extendedGuid() })),
      groups: read(parts, types.revisionManifestGroup, (r) => r.extendedGuid()),
    },
  }),
  [elementTypes.group]: (parts) => ({ is: 'group', objects: objectsIn(parts) }),
  [elementTypes.blob]: (parts) => ({ is: 'blob', bytes: one(parts, types.blob, (r) => r.bytes) }),
}

const mapping = (reader: ByteReader): Mapping => ({
  element: reader.extendedGuid(),
  serial: reader.serialNumber(),
})

/** What the parts of a type say. */
const read = <T>(parts: readonly StreamObject[], type: number, field: (reader: ByteReader) => T): T[] =>
  parts.filter((part) => part.type === type).map(({ content }) => field(new ByteReader(content)))

function one<T>(parts: readonly StreamObject[], type: number, field: (reader: ByteReader) => T): T {
  const [first] = read(parts, type, field)
  if (first === undefined) throw new BadAnswer(`a data element lacks the stream object ${type}, which is its content`)
  return first
}

/** The objects of a group: the first declaration belongs to the first data, and so on. */
function objectsIn(parts: readonly StreamObject[]): CellObject[] {
  const within = (type: number) => parts.find((part) => part.type === type)?.nested ?? []
  const [declared, data] = [within(types.objectDeclarations), within(types.objectGroupData)]
  if (declared.length !== data.length)
    throw new BadAnswer(`an object group declares ${declared.length} objects and holds ${data.length}`)
  return declared.flatMap(({ content }, at) => {
    const held = data[at]
    return held && held.type !== types.excludedData ? [objectOf(new ByteReader(content).extendedGuid(), held)] : []
  })
}

function objectOf(id: ExtendedGuid, { type, content }: StreamObject): CellObject {
  const reader = new ByteReader(content)
  const references = reader.list((r) => r.extendedGuid())
  reader.list((r) => r.cellId())
  return { id, references, content: type === types.blobReference ? reader.extendedGuid() : reader.item() }
}
