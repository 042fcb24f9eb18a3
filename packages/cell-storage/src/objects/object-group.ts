import { ByteWriter } from '../bytes/byte-writer.ts'
import { uint } from '../bytes/compact-uint.ts'
import { protocolFault } from '../faults/cell-fault.ts'
import type { CellObject, ObjectContent, ObjectGroup } from './element.ts'
import {
  findObject,
  needObject,
  type ObjectNamed,
  objectsNamed,
  type StreamObject,
  streamObject,
} from './stream-object.ts'

type Declaration = ObjectNamed<'objectDeclaration' | 'blobDeclaration'>
type Data = ObjectNamed<'objectData' | 'excludedData' | 'blobReference'>

const isDeclaration = (object: StreamObject): object is Declaration =>
  object.name === 'objectDeclaration' || object.name === 'blobDeclaration'

const isData = (object: StreamObject): object is Data =>
  object.name === 'objectData' || object.name === 'excludedData' || object.name === 'blobReference'

/** The object group that these objects are. The declaration and the data of an object stand in the same place of their lists. */
export function readObjectGroup(objects: readonly StreamObject[]): ObjectGroup {
  const hash = findObject(objects, 'elementHash')?.values
  const declarations = needObject(objects, 'declarations').children.filter(isDeclaration)
  const data = needObject(objects, 'groupData').children.filter(isData)
  if (declarations.length !== data.length) {
    throw protocolFault(
      'StreamObjectInvalid',
      `a group declares ${declarations.length} objects, but has ${data.length}`,
    )
  }
  const metadata = objectsNamed(findObject(objects, 'metadataDeclarations')?.children ?? [], 'objectMetadata')
  return {
    type: 'objectGroup',
    ...(hash && { hash: { scheme: hash.scheme, bytes: hash.hash } }),
    objects: declarations.map((declaration, index) => {
      const frequency = metadata[index]?.values.frequency
      return { ...objectOf(declaration, data[index]), ...(frequency !== undefined && { frequency }) }
    }),
  }
}

function objectOf(declaration: Declaration, data: Data | undefined): CellObject {
  if (!data || (declaration.name === 'blobDeclaration') !== (data.name === 'blobReference')) {
    throw protocolFault('StreamObjectInvalid', 'an object is declared as something else than its data are')
  }
  const { object, partition } = declaration.values
  const { references, cells } = data.values
  return { id: object, partition, references, cells, content: contentOf(data) }
}

// The sizes and numbers that are declared are not read: what is there counts.
function contentOf(data: Data): ObjectContent {
  if (data.name === 'objectData') return { kind: 'bytes', bytes: data.values.data }
  if (data.name === 'blobReference') return { kind: 'blob', blob: data.values.blob }
  return { kind: 'excluded', size: data.values.size }
}

/** The objects that an object group is. */
export function objectGroupObjects({ hash, objects }: ObjectGroup): StreamObject[] {
  const hasMetadata = objects.some(({ frequency }) => frequency !== undefined)
  const metadata = objects.map(({ frequency = 0n }) => streamObject('objectMetadata', { frequency }))
  return [
    ...(hash ? [streamObject('elementHash', { scheme: hash.scheme, hash: hash.bytes })] : []),
    streamObject('declarations', {}, objects.map(declarationOf)),
    ...(hasMetadata ? [streamObject('metadataDeclarations', {}, metadata)] : []),
    streamObject('groupData', {}, objects.map(dataOf)),
  ]
}

function declarationOf({ id, partition, references, cells, content }: CellObject): StreamObject {
  if (content.kind === 'blob') {
    const counts = new ByteWriter()
    uint.write(counts, references.length)
    uint.write(counts, cells.length)
    return streamObject('blobDeclaration', { object: id, blob: content.blob, partition, counts: counts.toBytes() })
  }
  const size = content.kind === 'bytes' ? content.bytes.length : content.size
  return streamObject('objectDeclaration', {
    object: id,
    partition,
    size,
    references: references.length,
    cells: cells.length,
  })
}

function dataOf({ references, cells, content }: CellObject): StreamObject {
  if (content.kind === 'blob') return streamObject('blobReference', { references, cells, blob: content.blob })
  if (content.kind === 'bytes') return streamObject('objectData', { references, cells, data: content.bytes })
  return streamObject('excludedData', { references, cells, size: content.size })
}
