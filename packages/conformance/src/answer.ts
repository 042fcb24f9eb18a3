/** What a host answered, read to its end. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array
}

/** The most bytes of an answer that are read. */
const longest = 64 * 1024 * 1024

/** Reads an answer. One that does not end, or is longer than 64 MiB, throws. */
export async function readAnswer(response: Response): Promise<Answer> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
    size += next.value.byteLength
    if (size > longest) {
      await reader?.cancel()
      throw new Error('the answer is longer than 64 MiB')
    }
    chunks.push(next.value)
  }
  return { status: response.status, headers: response.headers, bytes: joined(chunks) }
}

/** Bytes one behind the other. */
export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((size, { byteLength }) => size + byteLength, 0))
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}

/** The body as text. */
export const textOf = ({ bytes }: Answer): string => new TextDecoder().decode(bytes)

/** The body as a JSON object. `undefined`: it is none. */
export function jsonOf(answer: Answer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(textOf(answer))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** `status 409 and X-WOPI-Lock "a"`: what decides most checks, in words. */
export function wordsOf({ status, headers }: Answer): string {
  const lock = headers.get('X-WOPI-Lock')
  const reason = headers.get('X-WOPI-ServerError')
  return [
    `status ${status}`,
    ...(lock === null ? [] : [`X-WOPI-Lock "${lock}"`]),
    ...(reason ? [`X-WOPI-ServerError "${reason}"`] : []),
  ].join(', ')
}
