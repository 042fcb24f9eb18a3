import type { CellObject, DataElement } from '../objects/element.ts'
import { elementSize } from '../objects/element-size.ts'
import type { Partition } from './partition.ts'

/** So much is copied before others have their turn. Bytes. */
const inTurn = 4 * 2 ** 20

/**
 * The same partition, with copies of what was brought: the elements of a message lie in its bytes, and would keep the whole
 * of it in memory.
 */
export async function withOwnBytes(
  partition: Partition,
  brought: readonly DataElement[],
  turn?: () => Promise<void>,
): Promise<Partition> {
  const bodies = new Set(brought.map(({ body }) => body))
  let copied = 0
  async function own<E extends DataElement>(element: E): Promise<E> {
    if (!bodies.has(element.body)) return element
    if (copied > inTurn) {
      copied = 0
      await turn?.()
    }
    copied += elementSize(element)
    return { ...element, body: ownBody(element.body) }
  }
  const { pending } = partition
  const elements = new Map(partition.elements)
  for (const [id, element] of elements) elements.set(id, await own(element))
  const waiting: DataElement[] = []
  for (const element of pending?.elements ?? []) waiting.push(await own(element))
  return { ...partition, elements, ...(pending && { pending: { ...pending, elements: waiting } }) }
}

function ownBody(body: DataElement['body']): DataElement['body'] {
  if (body.type === 'blob' || body.type === 'fragment') return { ...body, bytes: new Uint8Array(body.bytes) }
  return body.type === 'objectGroup' ? { ...body, objects: body.objects.map(ownObject) } : body
}

const ownObject = (object: CellObject): CellObject =>
  object.content.kind === 'bytes'
    ? { ...object, content: { kind: 'bytes', bytes: new Uint8Array(object.content.bytes) } }
    : object
