import { ByteReader } from '../bytes/byte-reader.ts'
import type { ExtendedGuid } from '../bytes/extended-guid.ts'
import { CellFault, cellFault } from '../faults/cell-fault.ts'
import type { DataElement, ElementFragment } from '../objects/element.ts'
import { defaultLimits } from '../objects/message.ts'
import { readElement } from '../objects/read-element.ts'
import { readObject } from '../objects/read-objects.ts'

type Fragment = DataElement<ElementFragment>

const isFragment = (element: DataElement): element is Fragment => element.body.type === 'fragment'

/**
 * The elements of a put, with those that came in fragments put together. That fragments do not make up an element is a
 * `CellFault`. What they claim to be takes no memory: only what came does.
 */
export function assembled(elements: readonly DataElement[]): readonly DataElement[] {
  const fragments = new Map<ExtendedGuid, ElementFragment[]>()
  for (const { body } of elements.filter(isFragment)) {
    const others = fragments.get(body.element)
    if (others) others.push(body)
    else fragments.set(body.element, [body])
  }
  if (fragments.size === 0) return elements
  const wholes = [...fragments].map(([id, parts]) => ({ id, bytes: joined(id, parts) }))
  return [...elements.filter((element) => !isFragment(element)), ...read(wholes)]
}

/** The bytes that fragments are, which begin where those before them end. What comes twice counts once. */
function joined(id: ExtendedGuid, fragments: readonly ElementFragment[]): Uint8Array {
  const size = fragments[0]?.size ?? 0
  if (fragments.some((each) => each.size !== size)) {
    throw cellFault('FragmentSizeMismatch', `fragments of ${id} do not agree on its size`)
  }
  const pieces: Uint8Array[] = []
  let end = 0
  for (const { start, bytes } of [...fragments].sort((one, other) => one.start - other.start)) {
    if (start + bytes.length > size) throw cellFault('FragmentInvalid', `a fragment of ${id} ends behind it`)
    if (start > end) throw cellFault('FragmentsIncomplete', `a fragment of ${id} is missing`)
    const piece = bytes.subarray(Math.min(bytes.length, end - start))
    pieces.push(piece)
    end += piece.length
  }
  if (end < size) throw cellFault('FragmentsIncomplete', `the end of ${id} is missing`)
  return Buffer.concat(pieces)
}

/** The elements that bytes are. All together they may be as much as a message. */
function read(wholes: readonly { readonly id: ExtendedGuid; readonly bytes: Uint8Array }[]): DataElement[] {
  const reader = new ByteReader(Buffer.concat(wholes.map(({ bytes }) => bytes)), defaultLimits.maxItems)
  return wholes.map(({ id, bytes }) => {
    const element = elementIn(reader, bytes.length)
    if (element?.id !== id || isFragment(element))
      throw cellFault('FragmentInvalid', `fragments of ${id} make up no element`)
    return element
  })
}

function elementIn(reader: ByteReader, length: number): DataElement | undefined {
  try {
    return reader.within(length, () => {
      const object = readObject(reader)
      return object.name === 'dataElement' && reader.left === 0 ? readElement(object) : undefined
    })
  } catch (error) {
    if (error instanceof CellFault) return undefined
    throw error
  }
}
