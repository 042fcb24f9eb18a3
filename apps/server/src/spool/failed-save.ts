import { z } from 'zod'

/** What could not be stored: what it was to become, of whom, and why not. */
export const failedSave = z.object({
  id: z.string(),
  /** When it failed, in milliseconds since the epoch. */
  at: z.number(),
  /** `save`: the next content of a file. `copy`: a file beside it. `upload`: a file in a folder. */
  kind: z.enum(['save', 'copy', 'upload']),
  /** The file that was saved, or beside which one was to be made. */
  fileId: z.string().exactOptional(),
  /** Where it was to lie. Absent: nobody could ask any more. */
  folderId: z.string().exactOptional(),
  /** What the file is called, or was to be. Absent: nobody could ask any more. */
  name: z.string().exactOptional(),
  user: z.object({ id: z.string(), name: z.string() }),
  /** The lock under which it was sent. */
  lock: z.string().exactOptional(),
  /** The configured client that sent it. */
  client: z.string().exactOptional(),
  editors: z.array(z.string()).exactOptional(),
  /** Made by the editor on its own account. */
  isAutosave: z.boolean().exactOptional(),
  /** Why, as the log has it. */
  why: z.string(),
  /** Bytes. */
  size: z.number(),
  /** Base64 of the SHA-256. */
  sha256: z.string(),
})

/** A save that could not be stored, and whose bytes are kept. */
export type FailedSave = z.infer<typeof failedSave>

/** What is known of one before all its bytes are there. */
export type AboutSave = Omit<FailedSave, 'id' | 'size' | 'sha256'>
