import type { BodyForm } from './envelope.ts'
import type { Gathered } from './gather-envelope.ts'
import { multipartForm, multipartReader } from './multipart.ts'
import type { XmlReader } from './stream-xml.ts'

/** Reads a body that comes slice by slice. */
export interface BodyReader {
  /** Absent: that of its XML. */
  readonly form?: BodyForm
  write(slice: Uint8Array): void
  end(): void
}

interface Reading {
  readonly contentType: string
  readonly xml: XmlReader
  readonly gathered: Gathered
}

/** Reads a body that begins so: as XML, or as several parts of which one is XML. */
export function bodyReader(first: Uint8Array, { contentType, xml, gathered: { parts, toCome } }: Reading): BodyReader {
  const form = multipartForm(first, contentType)
  if (!form) return { write: xml.write, end: () => undefined }
  let isRead = false
  const root = (bytes: Uint8Array) => {
    isRead = true
    xml.write(bytes)
  }
  const part = (id: string, content: Uint8Array) => parts.set(id, content)
  const reader = multipartReader(form, { root, part }, toCome)
  return {
    form: 'mtom',
    write: reader.write,
    end() {
      reader.end()
      // A body that says which part is its root, and does not have that, begins with it.
      const [other] = parts.values()
      if (!isRead && other) xml.write(other)
    },
  }
}
