import type { ExtendedGuid } from '../bytes/extended-guid.ts'
import { protocolFault } from '../faults/cell-fault.ts'
import { type DataElement, type ElementBody, elementTypes } from './element.ts'
import { readObjectGroup } from './object-group.ts'
import { findObject, needObject, type ObjectNamed, objectsNamed, type StreamObject } from './stream-object.ts'

type Objects = readonly StreamObject[]

/** How the body of each type of element is read. */
const bodies: { readonly [T in ElementBody['type']]: (objects: Objects) => Extract<ElementBody, { type: T }> } = {
  storageIndex(objects) {
    const manifest = findObject(objects, 'manifestMapping')?.values
    return {
      type: 'storageIndex',
      ...(manifest && { manifest }),
      cells: objectsNamed(objects, 'cellMapping').map(({ values }) => values),
      revisions: objectsNamed(objects, 'revisionMapping').map(({ values }) => values),
    }
  },
  storageManifest: (objects) => ({
    type: 'storageManifest',
    schema: needObject(objects, 'storageManifestSchema').values.schema,
    roots: objectsNamed(objects, 'storageManifestRoot').map(({ values }) => values),
  }),
  cellManifest: (objects) => ({
    type: 'cellManifest',
    revision: needObject(objects, 'currentRevision').values.revision,
  }),
  revisionManifest: (objects) => ({
    type: 'revisionManifest',
    ...needObject(objects, 'revisionManifest').values,
    roots: objectsNamed(objects, 'revisionManifestRoot').map(({ values }) => values),
    groups: objectsNamed(objects, 'objectGroupReference').map(({ values }): ExtendedGuid => values.group),
  }),
  objectGroup: readObjectGroup,
  fragment(objects) {
    const { element, size, stretch } = needObject(objects, 'fragment').values
    return { type: 'fragment', element, size, ...stretch }
  },
  blob: (objects) => ({ type: 'blob', bytes: needObject(objects, 'blob').values.bytes }),
}

const typeNames = new Map<number, ElementBody['type']>(
  Object.entries(elementTypes).map(([name, number]) => [number, name as ElementBody['type']]),
)

/** The data element that an object is. */
export function readElement({ values, children }: ObjectNamed<'dataElement'>): DataElement {
  const type = typeNames.get(values.type)
  if (!type) throw protocolFault('StreamObjectInvalid', `there is no data element of type ${values.type}`)
  return { id: values.id, serial: values.serial, body: bodies[type](children) }
}

/** The data elements of a package. */
export const readPackage = ({ children }: ObjectNamed<'elementPackage'>): readonly DataElement[] =>
  objectsNamed(children, 'dataElement').map(readElement)
