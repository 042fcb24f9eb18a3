import { ByteWriter } from '../bytes/byte-writer.ts'
import type { Field } from '../bytes/field.ts'
import { writeEnd, writeStart } from '../bytes/object-header.ts'
import type { StreamObject } from './stream-object.ts'
import { type ObjectRow, streamObjects } from './stream-objects.ts'

/** Writes an object with all that is nested in it. */
export function writeObject(writer: ByteWriter, object: StreamObject): void {
  const { type, isCompound } = object.name === 'unknown' ? object : streamObjects[object.name]
  const content = contentOf(object)
  writeStart(writer, { type, isCompound, length: content.size })
  writer.append(content)
  for (const child of object.children) writeObject(writer, child)
  if (isCompound) writeEnd(writer, type)
}

/** What an object holds itself. */
function contentOf(object: StreamObject): ByteWriter {
  const content = new ByteWriter()
  if (object.name === 'unknown') {
    content.bytes(object.bytes)
    return content
  }
  const row: ObjectRow = streamObjects[object.name] as ObjectRow
  const values: Readonly<Record<string, unknown>> = object.values
  for (const [name, field] of Object.entries<Field<unknown>>(row.fields)) field.write(content, values[name])
  return content
}
