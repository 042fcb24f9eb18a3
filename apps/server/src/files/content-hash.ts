import { createHash } from 'node:crypto'
import type { Content } from '@openwopi/host'

/** Base64 of the SHA-256 of a content, which flows for it. */
export async function contentHash(content: Content): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of content) hash.update(chunk)
  return hash.digest('base64')
}
