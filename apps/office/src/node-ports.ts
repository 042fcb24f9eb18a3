import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { DocumentStore } from './editing/document-store.ts'
import { folderDocuments } from './editing/folder-documents.ts'
import { type Homes, oneHome } from './editing/homes.ts'
import { folderTickets } from './folder-tickets.ts'
import { readIfThere } from './read-if-there.ts'
import { secretFile } from './secret-file.ts'
import type { SecretPlace } from './secret-place.ts'
import type { TicketShelf } from './ticket-shelf.ts'
import { writeAtomically } from './write-atomically.ts'

/** What an office needs to be one of several nodes: all of it is the same for all of them. */
export interface NodePorts {
  readonly homes: Homes
  readonly documents: DocumentStore
  readonly tickets: TicketShelf
  readonly proofKeys: SecretPlace
  /** Known to all nodes and to nobody else. */
  readonly secret: Uint8Array
}

/** For one node: everything lies in its folder. */
export const oneNode = async (dataFolder: string, now: () => number): Promise<NodePorts> => ({
  homes: oneHome(),
  documents: await folderDocuments(join(dataFolder, 'sessions'), now),
  tickets: await folderTickets(join(dataFolder, 'tickets')),
  proofKeys: secretFile(join(dataFolder, 'proof-keys.json')),
  secret: await keyIn(join(dataFolder, 'lock-key')),
})

async function keyIn(path: string): Promise<Buffer> {
  const known = await readIfThere(path)
  if (known) return known
  const key = randomBytes(32)
  await writeAtomically(path, key)
  return key
}
