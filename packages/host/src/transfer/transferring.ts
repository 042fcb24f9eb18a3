import type { Ports } from '../implementation.ts'
import type { Signatures } from '../signatures.ts'
import type { CutStream } from './cut-stream.ts'

/** What files are carried in pieces with. */
export interface Transferring extends Required<Pick<Ports, 'storage' | 'streams' | 'uploads'>> {
  readonly signatures: Signatures
  readonly maxFileSize: number
  /** Streams that are being cut: those who ask for one at the same time wait for one reading. */
  readonly cutting: Map<string, Promise<CutStream>>
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
  return coauth && streams && uploads
    ? { storage, streams, uploads, signatures, maxFileSize, cutting: new Map() }
    : undefined
}
