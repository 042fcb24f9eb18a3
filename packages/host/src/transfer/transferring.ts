import type { Ports } from '../implementation.ts'
import type { Signatures } from '../signatures.ts'

/** What files are carried in pieces with. */
export interface Transferring extends Required<Pick<Ports, 'storage' | 'streams' | 'uploads'>> {
  readonly signatures: Signatures
  readonly maxFileSize: number
}

const forgetful: Signatures = { find: async () => undefined, keep: async () => {} }

/** `undefined`: this host carries files as a whole only. */
export function transferring({
  coauth,
  storage,
  streams,
  uploads,
  signatures = forgetful,
  maxFileSize,
}: Ports): Transferring | undefined {
  return coauth && streams && uploads ? { storage, streams, uploads, signatures, maxFileSize } : undefined
}
