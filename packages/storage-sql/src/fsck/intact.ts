import { measured } from '../blobs/measured.ts'
import type { Blobs } from '../blobs.ts'

/** A content as it ought to be. */
export interface Expected {
  readonly blob: string
  readonly size: number
  /** Base64. */
  readonly sha256: string
}

/** How a content is found. */
export type Condition = 'intact' | 'missing' | 'damaged'

/** Reads a content through. Throws where the store cannot say: nothing is called lost because a network was down. */
export async function conditionOf(blobs: Blobs, { blob, size, sha256 }: Expected): Promise<Condition> {
  const content = await blobs.get(blob)
  if (!content) return 'missing'
  const passing = measured(content)
  for await (const _ of passing.content);
  return passing.size() === size && passing.sha256() === sha256 ? 'intact' : 'damaged'
}

/** Whether the first `size` bytes of a blob are there. */
export async function hasBytes(blobs: Blobs, blob: string, size: number): Promise<boolean> {
  const content = await blobs.get(blob, { start: 0, end: size })
  if (!content) return false
  try {
    for await (const _ of content);
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
