import type { ExtendedGuid } from '../bytes/extended-guid.ts'
import { cellFault } from '../faults/cell-fault.ts'
import type { CellObject, DataElement } from '../objects/element.ts'
import type { Partition } from '../store/partition.ts'
import { filePlaces } from './cells-to-file.ts'
import { nodeIn } from './nodes.ts'

/** The same partition with other contents of some objects of its file. */
function withContents(
  partition: Partition,
  contentOf: (object: CellObject) => CellObject['content'] | undefined,
): Partition {
  const elements = new Map<ExtendedGuid, DataElement>()
  for (const [id, element] of partition.elements) elements.set(id, changed(element, contentOf))
  return { ...partition, elements }
}

function changed(
  element: DataElement,
  contentOf: (object: CellObject) => CellObject['content'] | undefined,
): DataElement {
  const { body } = element
  if (body.type !== 'objectGroup' || !body.objects.some(contentOf)) return element
  const objects = body.objects.map((object) => {
    const content = contentOf(object)
    return content ? { ...object, content } : object
  })
  return { ...element, body: { ...body, objects } }
}

/** The partition without the bytes that its file holds as well, which are not to be kept twice. */
export function withoutFileBytes(partition: Partition): Partition {
  const found = new Set(filePlaces(partition).map(({ object }) => object))
  return withContents(partition, (object) => {
    const { content } = object
    // What is data in one place may be an empty node in another one.
    const isLeft = content.kind === 'bytes' && found.has(object) && nodeIn(content.bytes) === undefined
    return isLeft ? { kind: 'excluded', size: content.bytes.length } : undefined
  })
}

/** The partition with the bytes of its file put back. That the file is another one is a `CellFault`. */
export function withFileBytes(partition: Partition, file: Uint8Array): Partition {
  const found = filePlaces(partition)
  const last = found.at(-1)
  if ((last ? last.start + last.size : 0) !== file.length) {
    throw cellFault('StorageStateInvalid', 'the cells of a file are not as long as the file')
  }
  const places = new Map(found.map(({ object, start, size }) => [object, { start, size }]))
  return withContents(partition, (object) => {
    const place = object.content.kind === 'excluded' ? places.get(object) : undefined
    return place && { kind: 'bytes', bytes: file.subarray(place.start, place.start + place.size) }
  })
}
