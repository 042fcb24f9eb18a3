import { mainContent, type PutChunkedFileRequest } from '@openwopi/protocol/transfer'
import type { StoredFile } from '../ports.ts'
import { chunksIn } from './cut-stream.ts'
import type { Transferring } from './transferring.ts'

interface Save {
  readonly before: StoredFile
  readonly after: StoredFile
  readonly message: PutChunkedFileRequest
}

/** Remembers the hashes of what a save was made of: they have been checked, so nothing of it need be hashed again. */
export async function rememberSent(
  { signatures, streams }: Transferring,
  { before, after, message }: Save,
): Promise<void> {
  const sent = new Map(message.Signatures.map((signature) => [signature.StreamId, chunksIn(signature)]))
  const main = sent.get(mainContent)
  const known = main ? { sent: main } : await signatures.find({ fileId: before.id, version: before.version })
  if (known) await signatures.keep({ fileId: after.id, version: after.version }, known)
  const carried = await streams.of(after)
  for (const { id, version } of carried?.streams ?? []) {
    const chunks = sent.get(id)
    if (chunks) await signatures.keep({ fileId: after.id, version }, { sent: chunks })
  }
}
