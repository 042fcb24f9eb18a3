import type { CellObject, DataElement, ElementBody } from './element.ts'

/** What an element, an object, and an item of a list take at most beside their bytes. */
const sizes = { element: 64, object: 96, item: 72 } as const

const objectSize = ({ references, cells, content }: CellObject) =>
  sizes.object + sizes.item * (references.length + cells.length) + (content.kind === 'bytes' ? content.bytes.length : 0)

function bodySize(body: ElementBody): number {
  switch (body.type) {
    case 'objectGroup':
      return body.objects.reduce((sum, object) => sum + objectSize(object), 0)
    case 'blob':
    case 'fragment':
      return body.bytes.length
    case 'storageIndex':
      return sizes.item * 2 * (1 + body.cells.length + body.revisions.length)
    case 'revisionManifest':
      return sizes.item * (2 + body.roots.length + body.groups.length)
    case 'storageManifest':
      return sizes.item * (1 + body.roots.length)
    case 'cellManifest':
      return sizes.item
  }
}

/** About how many bytes an element is on the wire, without writing it. */
export const elementSize = ({ body }: Pick<DataElement, 'body'>): number => sizes.element + bodySize(body)
