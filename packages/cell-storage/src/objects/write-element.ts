import { ByteWriter } from '../bytes/byte-writer.ts'
import { type DataElement, type ElementBody, elementTypes } from './element.ts'
import { objectGroupObjects } from './object-group.ts'
import { type StreamObject, streamObject } from './stream-object.ts'
import { writeObject } from './write-objects.ts'

/** The objects that each type of body is. */
const bodies: { readonly [T in ElementBody['type']]: (body: Extract<ElementBody, { type: T }>) => StreamObject[] } = {
  storageIndex: ({ manifest, cells, revisions }) => [
    ...(manifest ? [streamObject('manifestMapping', manifest)] : []),
    ...cells.map((cell) => streamObject('cellMapping', cell)),
    ...revisions.map((revision) => streamObject('revisionMapping', revision)),
  ],
  storageManifest: ({ schema, roots }) => [
    streamObject('storageManifestSchema', { schema }),
    ...roots.map((root) => streamObject('storageManifestRoot', root)),
  ],
  cellManifest: ({ revision }) => [streamObject('currentRevision', { revision })],
  revisionManifest: ({ revision, base, roots, groups }) => [
    streamObject('revisionManifest', { revision, base }),
    ...roots.map((root) => streamObject('revisionManifestRoot', root)),
    ...groups.map((group) => streamObject('objectGroupReference', { group })),
  ],
  objectGroup: objectGroupObjects,
  fragment: ({ element, size, start, bytes }) => [
    streamObject('fragment', { element, size, stretch: { start, bytes } }),
  ],
  blob: ({ bytes }) => [streamObject('blob', { bytes })],
}

/** The object that a data element is. */
export function elementObject({ id, serial, body }: DataElement): StreamObject {
  // Each type of body has the function that is called by its name, which the compiler does not see.
  const objectsOf = bodies[body.type] as (body: ElementBody) => StreamObject[]
  return streamObject('dataElement', { id, serial, type: elementTypes[body.type] }, objectsOf(body))
}

/** The object that a package of data elements is. */
export const packageObject = (elements: readonly DataElement[]): StreamObject =>
  streamObject('elementPackage', { reserved: 0 }, elements.map(elementObject))

function bytesOf(object: StreamObject): Uint8Array {
  const writer = new ByteWriter()
  writeObject(writer, object)
  return writer.toBytes()
}

/** The bytes of a data element. */
export const elementBytes = (element: DataElement): Uint8Array => bytesOf(elementObject(element))

/** The bytes of a package of data elements. */
export const packageBytes = (elements: readonly DataElement[]): Uint8Array => bytesOf(packageObject(elements))
