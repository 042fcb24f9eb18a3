import type { Content } from '@openwopi/host'

/** Pieces that lie in memory, as they flow. */
export async function* flowing(pieces: readonly Uint8Array[]): Content {
  yield* pieces
}

/** What flows, in one piece. */
export async function gathered(content: Content): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks)
}
