import type { CellObject, DataElement } from './element.ts'

const ownObject = (object: CellObject): CellObject =>
  object.content.kind === 'bytes'
    ? { ...object, content: { kind: 'bytes', bytes: new Uint8Array(object.content.bytes) } }
    : object

/** An element with bytes of its own, so that it does not keep in memory the whole message that it came in. */
export function withOwnBytes<E extends Pick<DataElement, 'body'>>(element: E): E {
  const { body } = element
  if (body.type === 'blob') return { ...element, body: { ...body, bytes: new Uint8Array(body.bytes) } }
  if (body.type !== 'objectGroup') return element
  return { ...element, body: { ...body, objects: body.objects.map(ownObject) } }
}
